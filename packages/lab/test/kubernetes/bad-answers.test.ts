import { testBadAnswers } from './planted-walk.ts';

testBadAnswers('each');
