import { testThousandMessages } from './thousandMessages';

testThousandMessages('ofapiFansly');
