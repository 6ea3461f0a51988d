# Questionnaires: choose, try, compare, approve.

nav-forms = Questionnaires
forms-title = Questionnaires
forms-none = There is no questionnaire yet. Choose a built-in one below.
forms-caption = Versions of questionnaires
forms-column-form = Questionnaire
forms-column-holds = Holds
forms-column-proposed = Proposed by
forms-column-state = State
forms-built-in = Built-in questionnaires
forms-built-in-means = They come with the program. One that is chosen waits for another person's approval.
forms-choose = Choose this one
form-counts = { $questions ->
    [one] { $questions } question
   *[other] { $questions } questions
}, { $pages ->
    [one] { $pages } page
   *[other] { $pages } pages
}, { $languages ->
    [one] { $languages } language
   *[other] { $languages } languages
}
form-approved = Approved
form-waiting = Waits for approval
form-code = Code
form-method = Method
form-digest = SHA-256 digest
form-by-at = { $person }, { $moment }
form-try = Try it
form-try-in = Try it on a phone's screen: { $language }
form-codebook = Codebook
form-codebook-csv = Download the codebook for spreadsheets (CSV)
form-codebook-ddi = Download the codebook for archives (DDI-Codebook 2.5)
form-changes = What changed
form-changes-since = Compared with the version approved before it ({ $moment })
form-changes-breaking = { $n ->
    [one] { $n } change means
   *[other] { $n } changes mean
} that results cannot be compared with earlier years.
form-changes-count = { $n ->
    [one] { $n } change
   *[other] { $n } changes
}
form-changes-none = No version before this one was approved.
form-approve = Approval
form-approve-means = Once approved, new surveys can use this version. A version can never be edited; to change something, send a new one.
form-approve-own = You proposed this version, so another person has to approve it.
form-approve-btn = Approve this version
form-preview-title = Trial: { $form }
form-preview-means = Answer as a citizen would. Questions come and go with the answers; no answer is kept.
form-preview-alone = Open the trial by itself
form-trial-end = End of the questionnaire
form-trial-answered = { $n ->
    [one] { $n } question was
   *[other] { $n } questions were
} answered on trial. Nothing was kept.
form-trial-again = Start again

error-form-missing = There is no such questionnaire.
error-form-damaged = The stored questionnaire is damaged. Please tell the operators.
error-form-approval-own = Who proposed a version cannot approve it. Another person has to.
error-form-approved-already = This version is approved already.
error-form-not-approved = This version is not approved yet, so no survey can use it.

change-column-place = Where
change-column-what = Change
change-column-old = Before
change-column-new = After
change-breaks = Not comparable
change-of-form = Whole questionnaire
change-of-page = Page { $page }
change-of-question = Question { $number } ({ $code })
change-language-added = Language added
change-language-removed = Language removed
change-method = Another method
change-words = Reworded
change-indicator = Other parts of the indicator
change-page-added = Page added
change-page-removed = Page removed
change-page-renamed = Page renamed
change-page-moved = Page moved to another part or place
change-page-private = Became a page of private questions
change-page-not-private = No longer a page of private questions
change-condition = Asked under another condition
change-added = Question added
change-removed = Question removed
change-moved = Question moved
change-reworded = Question reworded
change-code-reused = Its code now stands for another question
change-kind = Another kind of question
change-length = Another length
change-bounds = Other bounds
change-topic = Another field
change-way-out = Another way out ("don't know", "never used")
change-scale = Another scale
change-choice-added = Choice added
change-choice-removed = Choice removed
change-choice-reworded = Choice reworded
change-choices-reordered = Choices in another order

# Questionnaires written as spreadsheets (XLSForm)
form-send = Send a questionnaire written as a spreadsheet
form-send-means = An XLSForm workbook (.xlsx, at most 5 MB) with the sheets survey, choices and settings. To change a questionnaire that is there: open it, take its workbook, change it and send it back.
form-send-file = Workbook
form-send-btn = Check and propose
form-workbook = Download as a workbook to change (XLSForm)
form-refused = The workbook has { $n ->
    [one] { $n } place
   *[other] { $n } places
} that cannot be used, so nothing was taken
form-refused-file = What cannot be used in { $file }
form-refused-nothing = Nothing was taken. Mend the places below in the file and send it again.
form-refused-sheet = Sheet
refused-no-workbook = This is no .xlsx workbook that can be read.
refused-too-large = The workbook is too large.
refused-missing-sheet = A sheet is missing.
refused-missing = This cell needs a value.
refused-unknown-language = The column names no language, as in label::English (en).
refused-unsupported-type = This type of question cannot be used.
refused-unknown-list = There is no such list of choices.
refused-unknown-question = There is no such question.
refused-clash = This code is taken.
refused-reserved-choice = 97, 98 and 99 stand for skipped, don't know and never used.
refused-too-many-choices = The list has too many choices.
refused-unbalanced = Groups do not close as they open.
refused-expression = The expression cannot be understood.
refused-unsupported = This part cannot be kept.
refused-defect = It does not fit the rest of the questionnaire.
refused-left-behind = This part is left behind.
error-form-export = This questionnaire cannot be written as a workbook.

# The paper form
form-paper = On paper
form-paper-in = Download the paper form to print on A4 (PDF): { $language }
error-form-print = This questionnaire cannot be printed. Please tell the operators.
paper-page = Page { $page }/{ $pages }
paper-version = Questionnaire { $form } · Version { $digest } · { $language }
paper-code = Code on the letter
paper-code-hint = Copy the 16 digits in the upper right corner of the letter.
paper-private = this form does not ask for names, identity numbers or telephone numbers. Officials of commune and province, and whoever brings the form, cannot see the answers.
paper-voluntary-lead = Voluntary:
paper-voluntary = leave out any question you like, stop whenever you like.
paper-private-lead = Confidential:
paper-how = How to fill it in
paper-how-mark = Put an X into the box before your answer. One box to a question and to a row of a table, unless it says “You may choose more than one.”
paper-how-correct = If you make a mistake, fill that box in and put an X into another one.
paper-how-write = Write in blue or black ink. The small figures beside the boxes are for entering the data; you need not mind them.
paper-return = When you are done, put the form into the envelope that came with it, seal it and send it back. No name or address on the form or the envelope. Thank you.
paper-item = Subject
paper-earlier = …… (question { $number })
paper-only-if = Answer only if { $condition }.
paper-only-one-if = Question { $from }: answer only if { $condition }.
paper-only-these-if = Questions { $from }–{ $to }: answer only if { $condition }.
paper-least = { $least } or more.
paper-most = { $most } or less.
paper-between = From { $least } to { $most }.
paper-day = day
paper-month = month
paper-year = year

# The condition of a question, after "if"
when-one = you chose { $choices } at question { $number }
when-one-of = you chose one of { $choices } at question { $number }
when-chosen = { $choices } is among your answers to question { $number }
when-choice = { $code } – { $label }
when-equals = you wrote exactly { $value } at question { $number }
when-at-least = you wrote { $value } { $measure ->
    [day] or a later day
   *[number] or more
} at question { $number }
when-at-most = you wrote { $value } { $measure ->
    [day] or an earlier day
   *[number] or less
} at question { $number }
when-above = you wrote { $measure ->
    [day] a day after
   *[number] more than
} { $value } at question { $number }
when-below = you wrote { $measure ->
    [day] a day before
   *[number] less than
} { $value } at question { $number }
when-answered = you answered question { $number }
when-not = it is not the case that { $condition }
when-and = and
when-or = or
