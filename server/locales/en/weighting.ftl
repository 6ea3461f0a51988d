# Weights: the recipe and the population.

weights-title = Weights · { $campaign }
weights-what = A weight says for how many people a response speaks. The recipe chosen here is for the next run; runs that were computed keep theirs.
weights-choose = Recipe of weights
weights-choose-hint = Each recipe takes one step more than the one before it.
weights-recipe-can-ban = Basic: what the sampling design gives, and nothing else.
weights-recipe-tra-loi = Non-response: those who answered also speak for those of their stratum who were drawn and did not.
weights-recipe-dan-so = Population: non-response, then adjusted to the population counts below.
weights-choose-btn = Save the recipe
weights-compute-what = Once a recipe is saved or new counts are loaded, compute again for figures with the new weights. The run before is kept to compare with.
weights-compute-btn = Compute with the saved recipe
weights-link = Choose the weights for the next run
weights-population = What is known of the population
weights-none = Nothing is known of this survey's population yet.
weights-counted = Counts in force
weights-people = People
weights-provinces = { $n ->
    [one] { $n } province
   *[other] { $n } provinces
}
weights-load = Load a file of counts
weights-replace = Load another file
weights-format = A CSV file (UTF-8); each line is how many people of 18 or over would choose one answer to one question of the form, in one place. The place is the code of a province, or VN for the whole country. For example, where question a1 is the sex:
weights-source = Source
weights-source-hint = Who counted, for example: Mid-term census 2024, Statistics Office.
weights-as-of = Counted as of
weights-as-of-hint = For example 01/04/2024
weights-file = Choose a file
weights-load-btn = Load the counts

weights-recipe-can-ban-short = Basic
weights-recipe-tra-loi-short = Non-response
weights-recipe-dan-so-short = Population
weights-steps = The steps of the weights
weights-steps-what = Each step multiplies the weight of each response by a factor. Kish says how many times larger unequal weights make the variance; 1 is all equal.
weights-step = Step
weights-step-base = Base weight (one over the chance of being drawn)
weights-step-unknown-eligibility = Eligibility unknown
weights-step-non-response = Non-response
weights-step-calibration = Calibration to the population
weights-factors = Factors (least – greatest)
weights-after = Weights after this step
weights-at-limit = At a limit
weights-group = Group
weights-cases = Cases
weights-target = Known people
weights-before = Sum before
weights-then = Sum after
weights-trimmed = Trimming: { $share }% of the responses had a weight above 3.5 times the median of their province; what was above is shared by the others of the province.
weights-trimmed-decide = More than 1%: somebody in charge must decide before these figures are used.

margin-refused-nothing = No line was loaded
margin-refused = { $defects ->
    [one] { $defects } place needs mending. Mend it and load the whole file again.
   *[other] { $defects } places need mending. Mend them and load the whole file again.
}
margin-what-unreadable = The file cannot be read.
margin-fix-unreadable = Save it as “CSV UTF-8” and send it again.
margin-what-column-missing = The column { $value } is missing.
margin-fix-column-missing = The first line needs: question, choice, place, people.
margin-what-no-rows = The file has no lines.
margin-fix-no-rows = Add the counts below the headings.
margin-what-question = The form has no question of one answer with this code.
margin-fix-question = Use the code of the question in the form's codebook, such as a1.
margin-what-choice = The question has no such answer.
margin-fix-choice = Use the number of the answer in the form's codebook.
margin-what-place = No province has this code.
margin-fix-place = Use the two digits of a province of today, or VN for the whole country.
margin-what-people = This is no number of people.
margin-fix-people = Write a whole number from 0 up.
margin-what-twice = This question, answer and place stands in a line above.
margin-fix-twice = Keep one of the lines.
margin-what-choice-missing = The people of question;answer;place { $value } are missing.
margin-fix-choice-missing = Add this line; write 0 if there is nobody.
margin-what-mixed-places = Question { $value } has counts of the country and of provinces.
margin-fix-mixed-places = Keep one kind: of the country, or of each province.
margin-what-totals = Two questions do not add up to the same people: { $value }.
margin-fix-totals = Take the counts from one source and one day; mend what rounding changed.

error-weights-no-population = This recipe needs the population. Load a file of counts below first.
error-weights-source-missing = Write the source of the counts, 2 to 200 letters.
error-weights-as-of-wrong = Write the day of the counts, such as 01/04/2024, not after today.
error-weights-no-fieldwork = Nobody is known to have been invited, so nobody can stand for those who did not answer. Choose the recipe “Basic”.
error-weights-few = Only { $n } people of the whole survey answered, at least { $least } are needed. Wait for more responses, or choose the recipe “Basic”.
error-weights-large-factor = Too few answered: each response would speak for { $factor } people drawn, at most { $most } is allowed. Wait for more responses, or choose the recipe “Basic”.
error-weights-place-missing = People answered in province { $place }, but the counts of question { $question } do not have it. Add it to the file.
error-weights-not-met = No weights meet the population: question and group { $category } need { $total } people and reach { $reached }. Check the file of counts, or leave this question out.
error-weights-totals = The people of { $first } and { $second } do not add up to the same in the provinces surveyed. Use counts of the same provinces.
error-weights-not-settled = Trimming and calibrating again did not settle: the population is too far from the responses. Check the file of counts, or choose the recipe “Non-response”.
