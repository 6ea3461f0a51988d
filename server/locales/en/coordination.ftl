# Words for coordinators: places, frame, sample, codes, progress.

error-scope-national = This is done at the national level. You can see the progress of your own area.

# Frame
frame-title = Sampling frame
frame-none = There is no list yet. Send a list of persons aged 18 and over to draw from.
frame-send = Send a list
frame-replace = Send another list instead of this one
frame-format = A CSV file (UTF-8, commas or semicolons, at most 200 MB), one line per person, headings in the first line. The column area is urban or rural; household may be empty. The columns needed:
frame-choose = File with the list
frame-send-btn = Check and import
frame-file = File
frame-persons = Persons
frame-places = Places
frame-places-counts = { $provinces } provinces, { $communes } communes, { $villages } villages
frame-imported = Imported at
frame-digest = SHA-256 digest
frame-freeze = Freeze the frame
frame-freeze-means = Once frozen, nobody can change the list. A sample is drawn from a frozen frame only.
frame-freeze-btn = Freeze the frame
frame-frozen = The frame was frozen at { $moment }. The list can no longer change.
frame-refused = { $defects ->
    [one] The list has 1 mistake, so no line was imported
   *[other] The list has { $defects } mistakes, so no line was imported
}
frame-refused-file = Mistakes in the file { $file }
frame-refused-nothing = No line was imported. Mend the mistakes below in the file and send it again.
frame-defects-download = { $n ->
    [one] Download the mistake (CSV)
   *[other] Download all { $n } mistakes (CSV)
}
frame-defects-shown = { $shown } of { $all } mistakes
frame-column-row = Line
frame-column-column = Column
frame-column-value = Value
frame-column-what = What is wrong
frame-column-fix = How to fix it

frame-what-not-csv = This file is not CSV
frame-fix-not-csv = Open it in a spreadsheet and save it as "CSV UTF-8"
frame-what-utf16 = The file is encoded as UTF-16
frame-fix-utf16 = Save it as "CSV UTF-8"
frame-what-not-utf8 = Some letters cannot be read
frame-fix-not-utf8 = Save the file as "CSV UTF-8", or convert it from an old encoding (TCVN3, VNI) to Unicode
frame-what-no-rows = The list has no persons
frame-fix-no-rows = Send a file with at least one line below the headings
frame-what-column-missing = The column { $column } is missing
frame-fix-column-missing = Add the column { $column } to the first line and to every line
frame-what-column-twice = The column { $column } stands twice
frame-fix-column-twice = Remove one column { $column }
frame-what-line-length = The line has { $found } cells, the first line has { $expected }
frame-fix-line-length = Add or remove cells; put text with commas in quotation marks
frame-what-empty = The cell is empty
frame-fix-empty = Fill in { $column } for this person
frame-what-too-long = The cell is longer than 300 letters
frame-fix-too-long = Shorten { $column }
frame-what-forbidden-character = It has a sign that cannot be used (a / or a control character)
frame-fix-forbidden-character = Remove that sign from { $column }
frame-what-unknown-province = There is no province { $value }
frame-fix-unknown-province = Use the two-digit code of one of the 34 provinces since 1 July 2025
frame-what-leading-zero = The province code lost its leading zero
frame-fix-leading-zero = Write 0{ $value }; in a spreadsheet, make this column text
frame-what-unknown-area = Neither urban nor rural
frame-fix-unknown-area = Write urban or rural
frame-what-code-twice = This person's code stands in line { $first } already
frame-fix-code-twice = One code per person; remove the repeated line or change the code
frame-what-commune-provinces = In line { $first } this commune is in another province
frame-fix-commune-provinces = Make the commune code and the province code agree
frame-what-commune-areas = In line { $first } this commune has another area
frame-fix-commune-areas = Give the whole commune one area
frame-what-village-communes = In line { $first } this village is in another commune
frame-fix-village-communes = Make the village code and the commune code agree
frame-what-too-many = Too many mistakes; checking stopped at this line
frame-fix-too-many = Mend the mistakes above and send the file again to check the rest

error-file-missing = Choose a file to send
error-upload-too-large = The file is larger than { $megabytes } MB. Please split it or ask your administrator.
error-frame-frozen = The frame was frozen on { $day } and can no longer change. For another list, make a new survey.
error-frame-changed = The frame was replaced or frozen meanwhile. Please reload the page.
error-frame-not-frozen = The frame is not frozen yet, so nothing can be drawn.

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

progress-title = Progress by province
progress-batches = Figures arrive in batches, so that nobody learns who answered when; they may be a day behind.
progress-none = No codes are issued in this area yet.
progress-table = Provinces with the fewest answers first
progress-province = Province
progress-invited = Invited
progress-responded = Answered
progress-refused = Refused
progress-cancelled = Cancelled
progress-percent = Response rate
progress-total = Total

audit-table = The newest 200 acts
audit-when = When
audit-who = Who
audit-what = Act
audit-subject = On
audit-details = Details

# Sample
samples-title = Sample
samples-none = Nothing has been drawn yet.
samples-table = Draws
samples-draw = Draw the sample
samples-design = Strata are province and urban or rural; communes, then villages are drawn by the number of persons; the same number of persons in every village.
samples-final = Each frame, design and seed is drawn once: never edited, never drawn again.
samples-draw-btn = Draw the sample
samples-frame-first = Freeze the frame first.
sample-title = Draw
sample-field-communes = Communes per province
sample-field-villages = Villages per commune
sample-field-persons = Persons per village
sample-field-reserves = Reserves per village
sample-field-number = enter a whole number, at most 10,000
sample-field-seed = Seed
sample-field-seed-hint = From a public source named beforehand, such as the lottery of a certain day, exactly as published.
sample-seed = Seed
sample-algorithm = Rule
sample-design = Design
sample-digest-frame = Digest of the frame
sample-digest-design = Digest of the design
sample-digest-list = Digest of the list
sample-requested = Asked for
sample-not-yet = not yet
sample-wait = Not drawn yet.
sample-persons = Persons
sample-persons-counts = { $persons } persons, { $reserves } reserves
sample-area = Area
sample-communes = Communes drawn / there
sample-adults = Persons in the frame
sample-reserves = Reserves
sample-weights = Weights
sample-strata = Sample by stratum
area-urban = Urban
area-rural = Rural
sample-verify = Check
sample-verify-means = Draws again from frame, design and seed, and compares with the stored list.
sample-verify-btn = Check this draw
sample-verdict-same = Equal
sample-verdict-different = Different
sample-same = Drawing again gives this list, person by person.
sample-frame-differs = The stored frame is not the one that was frozen.
sample-digest-differs = The list is right, but its stored digest is not.
sample-missing = The list lacks { $code } ({ $path }).
sample-not-drawn = The list has { $code } ({ $path }), which was not drawn.
sample-different = { $code }: { $field } is { $found }, but should be { $expected }.
sample-outside = Anybody can check it with these three files (no names in them) and one command:
sample-file-frame = Frame, codes only (CSV)
sample-file-design = Design (JSON)
sample-file-list = List of the draw (CSV)
job-step-draw-frame = Reading the frame and drawing
job-step-draw-units = Keeping the list
error-seed = Enter the seed, at most 200 letters
error-draw-missing = There is no such draw.
error-draw-twice = This frame, design and seed were drawn once already. Look at that draw; nothing is drawn again.
error-draw-not-drawn = The sample is not drawn yet, so no codes can be issued.
error-draw-impossible = This design cannot be drawn from the frame: a province has too few communes for its strata.

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
codes-destroy-means = Destroy the file once the letters are printed. After that nobody can look up anybody's code.
codes-destroy-btn = Destroy the print file
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
new-btn = Make the survey
