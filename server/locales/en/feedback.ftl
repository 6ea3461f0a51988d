# What people say, and the answers.

feedback-title = Feedback
feedback-what = Is a figure strange, a page hard to read, or do you want to say something about the survey? Please write nobody's name or papers here: questions and answers may be published.
feedback-topic = About
feedback-topic-results = Results
feedback-topic-survey = The survey
feedback-topic-page = These pages
feedback-topic-other = Something else
feedback-words = Your message
feedback-words-hint = 5 to 2,000 letters.
feedback-contact = E-mail or phone number, if you want an answer of your own
feedback-contact-hint = Not needed. Deleted with the answer.
feedback-send = Send
feedback-find = See what became of a message
feedback-find-label = Receipt number (12 digits)
feedback-answers = Answered messages
feedback-none = No message has been published yet.
feedback-receipt-title = We have your message. Thank you.
feedback-receipt-what = Keep this receipt number: with it the feedback page shows the answer.
feedback-state-waiting = Received on { $day }. Not answered yet.
feedback-state-answered = Answered on { $day }:
feedback-office = Messages of the public
feedback-office-what = The oldest first. With the answer the way to reach the writer is deleted. Only what is ticked appears in public; publish nothing with somebody's private facts.
feedback-office-none = No message waits for an answer.
feedback-office-contact = Contact: { $contact }
feedback-answer = Answer
feedback-publish = Put question and answer on the public page
feedback-answer-btn = Answer

error-feedback-topic = Choose what it is about
error-feedback-words = Write 5 to 2,000 letters
error-feedback-contact = A contact has at most 100 letters, on one line
error-feedback-many = Many messages came from this network. Please send it again in an hour; what you wrote is still here.
error-feedback-receipt = No message has this receipt number. Please check the 12 digits.
error-feedback-answered = Somebody else has answered this message.
