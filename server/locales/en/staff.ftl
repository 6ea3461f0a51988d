# Words for staff: sign-in, frame, work to do.

staff-service = SIPAS Online
staff-navigation = Sections
staff-signed-in = { $name }, { $role }

sign-in-password = Password
sign-in-btn = Sign in
sign-in-forgot = Forgotten password: ask your office's administrator.
sign-in-expired = Your session has ended. Please sign in again.
sign-out-btn = Sign out
sign-out-done = You are signed out.

role-coordinator = Coordinator
role-analyst = Analyst



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
