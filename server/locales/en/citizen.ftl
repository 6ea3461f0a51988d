# The citizen's words: from the code on the letter to the receipt. Short sentences, no abbreviations, no threats.

letter-how = Scan with your phone's camera, or go to { $address } and enter the 16 digits: { $code }
letter-real = This letter is from the Ministry of Home Affairs. To check, call { $hotline }.

# A2 Enter the code
code-h1 = Enter the code from your letter
code-hint = The code has 16 digits, at the top right of the letter.
code-picture = Picture: the 16-digit code is at the top right of the letter.
code-err-empty = Enter the 16 digits from your letter
code-err-len = The code has 16 digits. You entered { $n }.
code-err-check = One digit may be wrong. Please check each group of 4.
code-err-unknown = We cannot find this code. Please check it, or call { $hotline }.
code-err-rate =
    { $n ->
        [one] Too many wrong tries. Try again in { $n } minute, or call { $hotline }.
       *[other] Too many wrong tries. Try again in { $n } minutes, or call { $hotline }.
    }
code-err-cookies = No code has arrived. If you have just entered one, this browser blocks cookies, so your answers cannot be kept: please open another browser, or call { $hotline }.
code-none = I have no code or lost the letter

# A3 Start and consent
start-h1 = Please tell us how public offices serve you
start-time = About 15 minutes. Uses less than 0.2 MB of data.
consent-who-lead = Who asks and why:
consent-who = the Ministry of Home Affairs, to learn how satisfied people are and to make offices serve better.
consent-private-lead = Private:
consent-private = no name, ID or phone number is asked. Commune and province officials and the interviewer cannot see your answers.
consent-private-asked = the interviewer only records answers and may not repeat them. Tap the private questions yourself; the interviewer cannot see them.
consent-voluntary-lead = Voluntary:
consent-voluntary = skip any question, stop at any time. You can withdraw until your answers are separated from the code, usually that night.
consent-more = Full notice on data and your rights
consent-yes = I agree, start
consent-no = I do not want to take part
resume = Welcome back. You have answered { $answered } of { $total } questions.
resume-btn = Continue from question { $n }

# Not taking part
refuse-h1 = You do not want to take part
refuse-note = That is fine. If you can, please tell us why.
refuse-reason = Reason
refuse-time = I have no time
refuse-trust = I do not believe answers are kept private
refuse-useless = I see no use in it
refuse-young = I am not yet 18
refuse-moved = I no longer live at the address on the letter
refuse-other = Another reason
refuse-btn = Send and finish
refuse-done-h1 = Noted
refuse-done = Thank you for telling us. If you change your mind, the code works until { $date }.
refuse-undo = I changed my mind and want to answer

# A5 Questions
progress = Part { $part } of { $parts } · Questions { $from }–{ $to } of { $total }
progress-part = Part { $part } of { $parts }
progress-one = Part { $part } of { $parts } · Question { $from } of { $total }
scale-1 = Very dissatisfied
scale-2 = Dissatisfied
scale-3 = Neutral
scale-4 = Satisfied
scale-5 = Very satisfied
way-out-never-used = Never used
way-out-do-not-know = Don't know
sensitive = The interviewer and commune officials cannot see this answer.
write-in = Please specify
choose-many = You may choose more than one.
save-ok = Saved
save-ok-at = Saved at { $time }
offline-answers = No connection. Your answers are still on this phone. They will be sent again when the network is back.
offline-lost = No connection. This phone cannot keep answers offline. Please do not close the page.
offline-send = No connection, not sent yet. Saved answers are kept. They will be sent again when the network is back.
err-many =
    { $n ->
        [one] { $n } question not answered
       *[other] { $n } questions not answered
    }
err-item = Question { $number }: choose one, or choose "{ $wayout }"
err-item-plain = Question { $number }: choose one
err-item-many = Question { $number }: choose at least one
err-item-invalid = Question { $number }: the choice is not in the list
err-item-several = Question { $number }: choose some of the answers, or the last one alone
err-item-long = Question { $number }: at most { $limit } characters
err-item-write-in = Question { $number }: say what the other choice is
err-item-write = Question { $number }: write an answer, or choose "{ $wayout }"
err-item-write-plain = Question { $number }: write an answer
err-item-write-several = Question { $number }: write an answer or tick the box below, not both
err-item-number = Question { $number }: write digits, for example 12
err-item-day = Question { $number }: write day, month and year, for example 05/11/2026
err-item-least = Question { $number }: write { $least } or more
err-item-most = Question { $number }: write { $most } or less
err-item-between = Question { $number }: write something from { $least } to { $most }
number-hint = Write digits.
number-hint-decimals = Write digits, for example 12 or 12.5.
day-hint = Write day, month and year, for example 05/11/2026.
err-field-unknown = The page sent a field that is not part of this form. The other answers are saved.
err-skip = Continue and skip these

# A6 Pause
pause-link = Pause
pause-h1 = Pause
pause =
    { $n ->
        [one] { $n } answer saved. Continue any time until { $date }: scan again, or enter { $code }.
       *[other] { $n } answers saved. Continue any time until { $date }: scan again, or enter { $code }.
    }
pause-address = Enter the code at { $address }
pause-btn = Continue now
leave-btn = Leave
left-h1 = You have left
left = This phone no longer has your survey open. Saved answers are kept. To continue or to see the receipt, scan the code on your letter again, or enter it at { $address }.
timeout-h1 = Please enter your code again
timeout = For safety, please enter your code again. Saved answers are kept.

# A7 Check answers
check-h1 = Check before you send
check-note = Not sent yet. Press the button at the end to send.
check-skipped = Skipped questions
check-skipped-many = Questions you skipped ({ $n })
check-counts = { $answered } answered, { $skipped } skipped
check-no-answer = Skipped
check-change = Change
check-change-hidden = question { $number }
check-btn = Send my answers

# A8 Receipt
done-h1 = We have received your answers. Thank you.
done-at = Received at { $time } on { $date }. Take a screenshot if you want to keep the receipt number.
done-receipt = Receipt { $number }
done-number = Show the receipt
done-next = Overall results appear at { $address } in { $month }. Nobody will call you, except a few households called to check the fieldwork.
done-next-h2 = What happens next
done-withdraw = To withdraw, please do it soon, with the same code: usually that night your answers are mixed with others and separated from the code, and cannot be found and deleted after that.
done-withdraw-link = Withdraw my answers
used-h1 = Answers for this code were sent
used-elsewhere = Answers for this code were received before. If it was not you, call { $hotline }.
used-other-answers = The answers sent later differ from the first ones and were not taken. The first ones stay.
closed-h1 = The survey is over
closed = The survey closed on { $date }. Thank you. See the results at { $address }.
early-h1 = The survey has not opened
early = The survey opens on { $date }. Please keep the letter and come back.

# A9 Withdraw
withdraw-h1 = Withdraw my answers
withdraw-note = Enter the code from your letter. The next page says what will be deleted.
withdraw-what = All answers sent with this code will be deleted. This cannot be undone.
withdraw-btn = Delete my answers
withdraw-ok-h1 = Deleted
withdraw-ok = The answers for this code have been deleted. To answer again, enter the code at { $address }.
withdraw-none = No answers were sent with this code.
withdraw-late-h1 = It is too late to withdraw
withdraw-late = Your answers have been mixed with others and separated from the code, so they cannot be found and deleted.

# A10 Help
help-h1 = I have no code or lost the letter
help-hotline-h2 = Ask the hotline
help-hotline = Call { $hotline }. They can help you find your code.
help-visit-h2 = Ask an interviewer to come
help-visit = Call { $hotline } and agree on a day and time. The interviewer brings a badge and a paper form.
help-not-chosen-h2 = My home got no letter
help-not-chosen = Only addresses drawn by lot have a code, so that results are right for the whole province. That is why there is no open link for everyone.

# A11 Privacy, is the letter genuine
privacy-h1 = Data and your rights
privacy-what-h2 = What is asked, what is not
privacy-what = The survey asks for opinions and a few general facts about you (age, sex, occupation). It does not ask for your name, ID, phone number or address.
privacy-how = With a form, only a few very coarse things are noted, so that forms that nobody answered can be noticed: whether it was filled in fast or slowly, late at night or not, and whether one or many forms were sent from this device. They are added up over ten forms or more and do not stand beside the answers.
privacy-who-h2 = Who can see it
privacy-who = The list of codes sent and the answers are kept in two separate places. No screen joins them. Commune and province officials and the interviewer cannot see your answers. Answers not yet sent are locked with your own code.
privacy-few = Where few people answer, somebody who knows who was invited may guess. Results are therefore published for whole provinces only.
privacy-rights-h2 = Your rights
privacy-rights = You may decline, skip questions, stop, and withdraw your answers until they are mixed with others and separated from the code (usually the night after sending, at the latest when the survey closes). When the survey closes, the key that links codes and answers is destroyed.
privacy-cookies-h2 = Cookies
privacy-cookies = The site uses cookies only for the session, the language, the page style, the number of wrong codes and the number of forms sent from this device. There are no tracking cookies.
privacy-contact-h2 = Contact
privacy-contact = The Ministry of Home Affairs controls the data. Questions or complaints: call { $hotline }.
genuine-h1 = Is this letter genuine?
genuine = A genuine letter shows the address { $address } and never asks for money, passwords, account numbers or ID numbers.
genuine-check = To check, call { $hotline } or ask your province's Department of Home Affairs.

# A11 Accessibility
access-h1 = Pages for everyone
access-aim = The pages for citizens are built to the international standard WCAG 2.2, level AA.
access-works-h2 = Ways that work
access-works = Everything can be done with the keyboard alone, and without JavaScript. Text at twice its size, narrow screens and your device's own colours work too. Each question and each choice has a name for screen readers.
access-limits-h2 = What is still missing
access-limits = The questions have no recorded voice yet. Blind people have not tried these pages on a phone yet.
access-help-h2 = If you have difficulty
access-help = Call { $hotline }. An interviewer can come to your home with a paper form.

# Errors
error-code-ended = This code can no longer be used. Please call { $hotline }.
error-draft-busy = Several pages are open at once. Please press again.

# Background work
job-step-flush = Mixing answers and separating them from codes
