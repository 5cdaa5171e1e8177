import { testBadAnswers } from './planted-walk.ts';

testBadAnswers(1);
