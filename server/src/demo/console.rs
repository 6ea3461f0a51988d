//! How the demo speaks to the person who started it: numbered steps, counts and time left.

#![expect(clippy::print_stdout, reason = "the demo speaks to a person at a terminal")]

use std::io::{IsTerminal as _, Write as _};
use std::time::{Duration, Instant};

/// Numbered steps on standard output.
pub(super) struct Console {
    begun: Instant,
    step: u32,
    steps: u32,
    terminal: bool,
}

impl Console {
    pub(super) fn new(steps: u32) -> Self {
        Self { begun: Instant::now(), step: 0, steps, terminal: std::io::stdout().is_terminal() }
    }

    pub(super) fn step(&mut self, what: &str) {
        self.step += 1;
        println!("[{}/{} · {:>3} s] {what}", self.step, self.steps, self.begun.elapsed().as_secs());
    }

    #[expect(clippy::unused_self, reason = "who speaks to the person holds the console")]
    pub(super) fn say(&self, line: &str) {
        println!("        {line}");
    }

    /// A line of its own, for tables.
    #[expect(clippy::unused_self, reason = "who speaks to the person holds the console")]
    pub(super) fn line(&self, line: &str) {
        println!("{line}");
    }

    pub(super) fn bar(&self, total: usize) -> Bar {
        Bar { begun: Instant::now(), told: Instant::now(), total, terminal: self.terminal }
    }
}

/// Counts and time left of one step: a line that rewrites itself on a terminal, a line every five seconds elsewhere.
pub(super) struct Bar {
    begun: Instant,
    told: Instant,
    total: usize,
    terminal: bool,
}

impl Bar {
    pub(super) fn at(&mut self, done: usize, what: &str) {
        let every = if self.terminal { Duration::from_millis(200) } else { Duration::from_secs(5) };
        if done < self.total && self.told.elapsed() < every {
            return;
        }
        self.told = Instant::now();
        let spent = self.begun.elapsed();
        let left = match u32::try_from(done) {
            Ok(done @ 1..) => spent * u32::try_from(self.total).unwrap_or(u32::MAX).saturating_sub(done) / done,
            _ => Duration::ZERO,
        };
        let line =
            format!("        {} of {} {what}, about {} s left", thousands(done), thousands(self.total), left.as_secs());
        if self.terminal {
            print!("\r{line}        ");
            if done >= self.total {
                println!();
            }
            std::io::stdout().flush().ok();
        } else {
            println!("{line}");
        }
    }
}

/// `36,525`
pub(super) fn thousands(number: usize) -> String {
    crate::base::text::Texts::new(crate::base::text::Language::English).number(number)
}
