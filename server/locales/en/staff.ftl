# Words for staff: sign-in, frame, work to do.

staff-service = SIPAS Online
staff-navigation = Sections
staff-signed-in = { $name }, { $role }

sign-in-password = Password
sign-in-btn = Sign in
sign-in-forgot = Forgotten password: ask your office's administrator.
sign-out-btn = Sign out

role-coordinator = Coordinator
role-administrator = Administrator
role-supervisor = Supervisor
role-interviewer = Interviewer
role-reviewer = Reviewer
role-analyst = Analyst



nav-work = Work to do
nav-people = People
nav-today = Today
nav-campaigns = Surveys
nav-jobs = Running work
nav-audit = Log
nav-results = Results
sign-in-title = Sign in
sign-in-login = User name
job-draw = Draw the sample
job-invite = Issue codes
job-flush = Store the answers
job-results = Compute results
job-export = Make a file to download
job-state-waiting = Waiting
job-state-running = Running
job-state-done = Done
job-state-failed = Failed
job-problem = Not done (error { $code }). The system tries again a few times by itself; if it stays so, please tell your administrator.
job-asked = Asked by { $who } at { $moment }.
job-column-name = Work
job-column-state = State
job-column-counts = Done
job-column-asked = Asked at

people-ho-ten = Full name
people-ho-ten-hint = As on the service card
people-dang-nhap = Login
people-dang-nhap-hint = Plain small letters, digits, points, hyphens; for example lan.nguyen
people-vai-tro = Role
people-noi = Place they may see
people-acts = Acts
people-choose = Choose one
people-not-there = You cannot make a { $role } of this place
people-new = Add somebody
people-new-btn = Add
people-made = The password of { $login }:
people-made-once = It is shown once. Please hand it over in person; the system keeps no readable password.
people-out = Shut out
people-out-btn = Shut out
people-in-btn = Let in
people-reset-btn = New password
