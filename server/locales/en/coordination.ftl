# Words for coordinators: places, frame, sample, codes, progress.

error-code-unknown = No survey has this code. Please check it against the letter.
error-code-responded = The answers given with this code are stored already, so it can no longer be cancelled.
