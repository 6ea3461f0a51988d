# Words for staff: sign-in, frame, work to do.

staff-service = SIPAS Online
staff-navigation = Sections
staff-tasks = Work to do ({ $n })
staff-signed-in = { $name }, { $role }

sign-in-h1 = Sign in
sign-in-name = User name
sign-in-password = Password
sign-in-btn = Sign in
sign-in-err-empty-name = Enter your user name
sign-in-err-empty-password = Enter your password
sign-in-err-wrong = The user name or the password is wrong
sign-in-err-rate =
    { $n ->
        [one] Too many wrong tries. Try again in { $n } minute.
       *[other] Too many wrong tries. Try again in { $n } minutes.
    }
sign-in-forgot = Forgotten password: ask your office's administrator.
sign-in-expired = Your session has ended. Please sign in again.
sign-out-btn = Sign out
sign-out-done = You are signed out.

role-coordinator = Coordinator
role-analyst = Analyst

task-h1 = Work to do
task-none = Nothing is waiting.
task-overdue = Overdue
task-mine = Needs my decision
task-others = Waiting for others

job-queued = Waiting
job-running = Working
job-done = Done
job-failed = Failed
job-cancelled = Stopped
job-counts = { $done } of { $total } done
job-cancel-btn = Stop this job
job-result = See the result
