import { testThousandMessages } from './thousandMessages';

testThousandMessages('apiFansly');
