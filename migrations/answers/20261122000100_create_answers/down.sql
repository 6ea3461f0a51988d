DROP TABLE answers.free_text, answers.response, answers.spent, answers.inbox, answers.refusal, answers.draft, answers.allowed, answers.sampling_unit;
