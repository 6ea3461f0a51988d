# Invitations: the words of a letter, the pages of letters, messages and the list to sign.

# On the letter
letter-sender = Ministry of Home Affairs · Citizens' satisfaction survey
letter-code = Your code
letter-scan = Scan this picture with a phone's camera to answer.
letter-dear = Dear Sir or Madam,
letter-why = You were chosen by lot to speak for many people where you live. So please do not give this code to anyone else.
letter-how-lead = How to answer:
letter-code-place = printed at the top right of this letter
letter-until = Please answer by { $date }.
letter-visit = No smartphone? Call { $hotline } and agree on a day and time; an interviewer will come to you.
letter-real-lead = Is this letter real:

# The board
board-title = Letters and messages
board-printed = Letters in files
board-printed-counts = { $letters } letters in { $files } files

# Printing letters
print-title = Print letters
print-means = Each PDF has at most 500 A4 letters of one province, in the order of the postman's way: commune, village, household. Print on one side, fold in three at the marks on the left; the address fits the window of the envelope. Printing again voids no code.
print-sample = See a sample letter
print-first = First language on the letter
print-second = Second language
print-one-language = One language only
print-provinces = Print the letters of which provinces
print-communes = Print the letters of which communes
print-place = { $name }: { $n } letters not answered
print-some-communes = Only for some communes of a province
print-places-needed = Choose at least one place
print-language-needed = Choose a language
print-btn = Make the files
print-files = Files of letters
print-file = File
print-letters = Letters
print-languages = Languages
print-made = Made at
print-size = Size (bytes)
print-destroyed = Destroyed at { $moment }
job-letters = Files of letters
job-step-letters-print = Putting letters into PDF files
job-outcome-letters = See the files of letters
sample-letter-name = Nguyễn Văn Mẫu
sample-letter-address = 1, lane 2 (a sample)
sample-letter-village = Sample village
sample-letter-commune = Sample commune
sample-letter-province = Sample province
error-print-list-gone = The list of codes is destroyed, so letters can no longer be printed.
error-letters-gone = There is no such file of letters, or it is destroyed.
error-letter-language = There are no approved words in this language ({ $language }).
error-letter-words = A title (at most { $title } letters) and words (at most { $body } letters) are needed.
error-letter-too-long = The words take more than one page. Shorten them, or print one language.
error-letter-second-person = The words of a letter are approved by somebody else than who wrote them.

# Destroying
destroy-title = Destroy the list of codes and the letters
destroy-what = The list of codes and all PDF files of letters on the server will be removed. They cannot be brought back.
destroy-means = After this no letter can be printed again, reminders carry no link with a code, and who lost a letter gets a new code only by reading out the old one. Best done when all letters and reminders are out.
destroy-btn = Destroy all

# A campaign's own words
words-title = Words on the letter
words-means = Letters have words of ours in Vietnamese and English. A campaign may have its own, also in another language of the questionnaire. One person writes them, another approves; what is not approved is not printed.
words-approved = Approved
words-waiting = Waiting for approval
words-new = Write words of your own
words-language = Language
words-heading = Title
words-body = Words
words-body-hint = An empty line between paragraphs. These are replaced in print: { $places }
words-propose-btn = Send for approval
words-approve-btn = Approve these words

# One person
find-title = Find an invitation
find-means = Find it by the person's code on the list, or by the 16 digits on the letter.
find-person = The person's code
find-person-hint = As in the column code of the imported list
find-code = Code on the letter
find-btn = Find
one-title = Invitation of { $person }
one-status = State
invitation-open = Not answered
invitation-responded = Answered
invitation-refused = Refused
invitation-cancelled = Cancelled
one-print = Print the letter again
one-print-means = It has the same code. No code is voided.
one-print-btn = Take the letter (PDF)
one-new = Make a new code
one-new-means = For a letter that was lost or came into wrong hands. The old code is worthless at once; answers begun under it are lost. Then print the new letter and send it.
one-old-code = Old code
one-old-code-known = May stay empty: the list still has it.
one-old-code-hint = The list of codes is destroyed, so the old code must be entered.
one-new-btn = Make a new code, void the old one
one-new-done = A new code is made. The old one is void. Please print the new letter.
error-person-unknown = There is no such person in this campaign, or the person lives elsewhere.
error-code-cancelled = This invitation was cancelled.
error-old-code-needed = The list of codes is destroyed, so the old code is not known here. Please enter it; if it is lost, send an interviewer.
error-code-changed = This is not the person's present code: it may have been replaced just now. Please load the page again.
error-not-a-reserve = This person is not on the reserve list.

# Messages
board-left = People who want no messages
channel-email = E-mail
channel-sms = SMS
channel-zalo = Zalo
channel-is-off = { $channel }: the server is not set up to send it.
audience-open = Everybody who has not answered
audience-unwritten = Who has not answered and was sent no message yet
rule-at-hand = when a person starts it
rule-at-before_close = { $days } days before the last day
rule-at-after_opening = { $days } days after the first day
moment-hand = When a person starts it
moment-before_close = Some days before the last day to answer
moment-after_opening = Some days after the first day to answer
message-sending = being sent
message-waiting = to be tried again
message-sent = sent
message-delivered = delivered
message-bounced = bounced
message-refused = refused
message-unknown = unknown, not repeated
message-code-on-letter = the code printed on the letter
rules-title = Invitations and reminders by message
rules-means = Each rule sends each person at most one message. Who has answered, has refused or wants no messages is not written to. Who has only begun cannot be reminded apart: the side of the invitations is not told who that is.
rules-table = Rules
rules-rule = Rule
rules-counts = Messages
rules-new = Add a rule
rules-btn = Save and see who gets what
rule-channel = Send by
rule-audience = To whom
rule-moment = When
rule-days = Days
rule-days-hint = Not used when a person starts it. Rules start by themselves between 8:00 and 20:00.
rule-subject = Subject of the e-mail
rule-subject-hint = For e-mail only.
rule-subject-start = Mời Ông/Bà trả lời khảo sát hài lòng của người dân
rule-body = Words
rule-body-start = Bộ Nội vụ mời Ông/Bà trả lời khảo sát trước hết ngày { "{ngay}" }: { "{duong-dan}" }
rule-title = Who gets what
rule-due = Starts by itself on
rule-withdrawn = Stopped at { $moment }
rule-started = Started at { $moment }
rule-waiting = Not started
rule-now = Started now, it reaches { $n } people
rule-unreachable = { $n } people who have not answered have no number or address on the list.
rule-with-codes = Messages carry each person's link with the code; below it is hidden by noughts.
rule-without-codes = The list of codes is destroyed, so messages carry no code and say that it stands on the letter.
rule-batches = Who has answered is told in batches, so somebody who has just answered may still get one.
rule-segments = { $n } SMS pieces
rule-start-btn = Send now
rule-again-btn = Go on with those not reached
rule-withdraw-btn = Stop this rule
rule-provinces = By province
rule-reached = Will get it
rule-not-reached = No number or address
error-rule-incomplete = Choose how, to whom and when, and write a number of days from 0 to 365.
error-rule-words = Words are needed (at most { $body } letters), and for e-mail a subject (at most { $subject } letters).
error-rule-sms-long = The SMS takes { $n } pieces; at most { $most } are allowed. Please shorten it.
error-channel-off = The server is not set up to send this way.
error-channel-unreachable = The relay does not answer. Nothing was sent; it is tried again.
error-rule-withdrawn = This rule is stopped.
job-messages = Send messages
job-step-messages-send = Sending messages
job-outcome-messages = See what became of them

# A citizen wants no messages
leave-h1 = No more messages about this survey
leave-means = Press the button and you get no more invitations and reminders. Your letter and its code stay valid.
leave-messages-btn = I want no more messages
leave-done-h1 = Noted
leave-done = You will get no more messages about this survey. The code on your letter stays valid.

# The list to sign
payment-title = List to sign
payment-means = Those who took part, by commune, to sign for their pay. Only communes with at least { $n } answers are on it.
payment-limits = The list does not tell who answered what or when, and cannot be joined to answers. Figures come in batches, so who answered lately may not be on it yet. Each download is kept in the log.
payment-responded = { $n } have answered
payment-pdf = To print (PDF)
payment-csv = As a table (CSV)
payment-paper-title = List to sign: { $province }
payment-paper-means = The people below took part in the survey. The list holds no answer and leads to none.
payment-number = No.
payment-name = Name
payment-home = Where they live
payment-signature = Signature
error-payment-nobody = No commune of this province has enough answers for a list yet.
