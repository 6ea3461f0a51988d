# Words for coordinators: places, frame, sample, codes, progress.

error-scope-national = This is done at the national level. You can see the progress of your own area.

# Surveys
campaigns-none = There is no survey yet.
campaign-state-preparing = In preparation
campaign-state-open = Open
campaign-state-closed = Closed
campaign-window = From { $opens } to { $closes }
campaign-days-left = { $days ->
    [one] 1 day left
   *[other] { $days } days left
}
campaign-next = Next:
steps-title = Steps
step-frame = Import and freeze the frame
step-sample = Draw the sample
step-codes = Issue codes
step-open = Open the survey
step-fieldwork = Follow the progress
step-close = Close the survey
step-frame-note = { $persons } persons in the list
step-codes-note = { $letters } letters
step-open-note = People can answer from { $opens } to { $closes }
step-fieldwork-note = { $responded } answered of { $invited } letters
step-close-note = Once closed, it cannot be opened again
step-status-not-yet = Not possible yet
step-status-to-do = To do
step-status-running = Going on
step-status-possible = When needed
step-status-done = Done
open-title = Open { $name }?
open-means = People with a code can answer from { $opens } to { $closes }. Once open, no other sample can be drawn.
open-letters = Codes were issued for { $letters } letters.
open-btn = Open the survey
close-title = Close { $name }?
close-means = Once closed, nobody can answer any more and it cannot be opened again. Answers that wait are stored, then results are computed.
close-counts = So far { $responded } have answered of { $invited } letters.
close-btn = Close the survey
error-no-codes = No codes are issued yet, so it cannot be opened.

progress-batches = Figures arrive in batches, so that nobody learns who answered when; they may be a day behind.
progress-none = No codes are issued in this area yet.
progress-province = Province
progress-invited = Invited
progress-responded = Answered
progress-refused = Refused
progress-cancelled = Cancelled
progress-total = Total

audit-table = The newest 200 acts
audit-when = When
audit-who = Who
audit-what = Act
audit-subject = On
audit-details = Details

# Codes
job-step-invite-letters = Making codes and the print file
job-step-invite-answers = Entering the codes that may answer
job-step-invite-contact = Entering the invitations
error-codes-of-another-draw = This survey has issued codes for another draw already.
error-code-unknown = No survey has this code. Please check it against the letter.
error-code-responded = The answers given with this code are stored already, so it can no longer be cancelled.
codes-title = Codes
codes-means = Every person of the sample gets a code of 16 digits. Codes stand in the print file only; the system does not keep them.
codes-of-draw = Sample from the seed { $seed }
codes-issue-btn = Issue codes
codes-draw-first = Draw the sample first.
codes-letters = Letters
codes-file = The print file { $file } lies in the server's folder of letters. It is the only place with codes.
codes-file-gone = The print file was destroyed.
cancel-title = Cancel a code
cancel-means = For a lost letter or a person who moved away. A cancelled code can no longer be used to answer.
cancel-code = Code on the letter
cancel-code-hint = 16 digits
cancel-btn = Cancel the code
cancel-done = The code is cancelled.

# A new survey
new-title = Make a new survey
new-name-vi = Name in Vietnamese
new-name-en = Name in English
new-slug = Name in the page's address
new-slug-hint = 3 to 40 small letters, digits and hyphens. For example: sipas-2027
new-slug-wrong = use 3 to 40 small letters, digits and hyphens only
new-opens = First day of answering
new-closes = Last day of answering
new-results = Day the results are published
new-hotline = Telephone number for citizens
new-form = Questionnaire
new-version = { $title } (version of { $moment })
new-no-form = No questionnaire is approved yet. Choose and approve one first.
new-needed = please fill in
new-long = at most { $most } characters
new-day = write day, month and year, for example 05/11/2026
new-form-needed = choose one
new-taken-over = Sample designs and the rules for messages are copied from the earlier survey. Lists, samples, codes and answers are not.
new-btn = Make the survey

# Work to do
work-none = Nothing waits.
work-late = Late ({ $n })
work-mine = Waiting for you ({ $n })
work-others = Waiting for others ({ $n })
work-failed-jobs = { $n ->
    [one] 1 background job failed{ $name }
   *[other] { $n } background jobs failed{ $name }
}
work-form = { $n } version of the questionnaire { $name } to approve
work-draft = { $n } draft of a survey, kept { $name }
work-opening = { $n } proposal to open: { $name }
work-close = { $n } survey past its last day, to be closed: { $name }
work-behind = { $n ->
    [one] 1 place more than 20 % behind its plan: { $name }
   *[other] { $n } places more than 20 % behind their plan: { $name }
}
work-free = { $n ->
    [one] 1 case given to nobody: { $name }
   *[other] { $n } cases given to nobody: { $name }
}
work-replacements = { $n ->
    [one] 1 replacement to decide: { $name }
   *[other] { $n } replacements to decide: { $name }
}
work-loss = { $n } lost commune to confirm: { $name }

# Checklist before opening
checks-title = Before opening
check-form = The questionnaire is approved
check-frame = The frame is frozen
check-sample = The sample is drawn
check-codes = Codes are issued
check-letters = Letters are printed, their file destroyed
check-interviewers = There are interviewers
check-rules = Messages that send themselves: their words were looked at
check-window = The last day has not passed
check-state-ready = Done
check-state-attention = Look at it
check-state-missing = Missing
open-propose-btn = Propose to open
open-missing = { $n ->
    [one] 1 thing is missing, so it cannot be opened yet.
   *[other] { $n } things are missing, so it cannot be opened yet.
}
open-waits = You proposed to open. Somebody else at the centre has to open it.
open-proposed = { $who } proposed to open.
error-opening-not-proposed = Nobody has proposed to open this survey.
error-opening-own = Who opens must not be who proposed it.
error-checklist = The checklist is not finished.
new-from = Begin a new one from this
new-saved = Draft kept at { $time }
new-saved-now = Draft kept at @
new-not-saved = The draft could not be kept. Please check the network; what you typed is still on this page.
new-keep-btn = Keep a draft
