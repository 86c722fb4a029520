import { testThousandMessages } from './thousandMessages';

testThousandMessages('ofapiOnlyFans');
