//! A measured value and its limit.

use std::fmt;

/// One line of the outcome.
pub struct Figure {
    what: String,
    value: f64,
    limit: String,
    unit: &'static str,
    /// Whether the value keeps to its limit.
    pub holds: bool,
}

impl Figure {
    /// A value that must not be greater.
    pub fn at_most(what: impl Into<String>, value: f64, limit: f64, unit: &'static str) -> Self {
        Self { what: what.into(), value, limit: format!("≤ {limit}"), unit, holds: value <= limit }
    }

    /// A value that must not be smaller.
    pub fn at_least(what: impl Into<String>, value: f64, limit: f64, unit: &'static str) -> Self {
        Self { what: what.into(), value, limit: format!("≥ {limit}"), unit, holds: value >= limit }
    }
}

impl fmt::Display for Figure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = if self.holds { "holds" } else { "BROKEN" };
        let Self { what, value, limit, unit, .. } = self;
        write!(out, "  {word:<7}{what}: {value:.1} {unit} ({limit} {unit})")
    }
}

#[cfg(test)]
mod tests {
    use super::Figure;

    #[test]
    fn a_limit_may_be_reached_and_what_was_not_measured_does_not_hold() {
        assert!(
            Figure::at_most("a", 1.5, 1.5, "times").holds && !Figure::at_most("a", 1.6, 1.5, "times").holds
        );
        assert!(
            Figure::at_least("a", 60.0, 60.0, "%").holds && !Figure::at_least("a", 59.0, 60.0, "%").holds
        );
        assert!(!Figure::at_most("a", f64::NAN, 1.5, "times").holds);
        let line = Figure::at_most("memory", 48.25, 40.0, "MiB").to_string();
        assert_eq!(line, "  BROKEN memory: 48.2 MiB (≤ 40 MiB)");
    }
}
