import { testBadAnswers } from './planted-walk.ts';

// Coprime with the number of answers, so that every answer meets some call.
testBadAnswers(7);
