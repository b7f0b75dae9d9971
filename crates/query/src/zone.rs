//! Time zones: whose midnight divides the days.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Duration, FixedOffset, NaiveDate, NaiveTime, Offset, TimeZone, Utc};
use chrono_tz::Tz;

/// A time zone: a name of the IANA database such as `Europe/Berlin`, or an offset from UTC such as `+09:00`.
///
/// ```
/// use whosaid_query::Zone;
///
/// let zone: Zone = "Asia/Tokyo".parse()?;
/// let instant = "2025-10-25T23:30:00Z".parse()?;
/// assert_eq!(zone.day_of(instant).to_string(), "2025-10-26");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Zone(Rule);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rule {
    Named(Tz),
    Offset(FixedOffset),
}

/// A text that names no time zone.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no time zone \"{name}\"; they are written Europe/Berlin, +09:00 or UTC{}", hint(.near.as_ref()))]
pub struct UnknownZone {
    name: String,
    near: Option<String>,
}

fn hint(near: Option<&String>) -> String {
    near.map_or(String::new(), |near| format!("; did you mean {near}?"))
}

impl Zone {
    /// Coordinated Universal Time.
    pub const UTC: Self = Self(Rule::Named(Tz::UTC));

    /// Returns the day on which an instant falls here.
    pub fn day_of(self, instant: DateTime<Utc>) -> NaiveDate {
        match self.0 {
            Rule::Named(zone) => instant.with_timezone(&zone).date_naive(),
            Rule::Offset(offset) => instant.with_timezone(&offset).date_naive(),
        }
    }

    /// Returns the first instant of a day; `None` at the ends of the calendar.
    ///
    /// Where clocks go forward at midnight the day begins later; where they go back, it begins the first time.
    pub fn start_of(self, day: NaiveDate) -> Option<DateTime<Utc>> {
        let midnight = day.and_time(NaiveTime::MIN);
        // No clock has gone forward by more than a day: Samoa left one out, and it begins with the next.
        (0..=24 * 60).step_by(15).find_map(|minutes| {
            let local = midnight.checked_add_signed(Duration::minutes(minutes))?;
            match self.0 {
                Rule::Named(zone) => zone
                    .from_local_datetime(&local)
                    .earliest()
                    .map(|at| at.to_utc()),
                Rule::Offset(zone) => zone
                    .from_local_datetime(&local)
                    .earliest()
                    .map(|at| at.to_utc()),
            }
        })
    }
}

impl From<FixedOffset> for Zone {
    fn from(offset: FixedOffset) -> Self {
        Self(Rule::Offset(offset))
    }
}

impl From<Utc> for Zone {
    fn from(utc: Utc) -> Self {
        Self(Rule::Offset(utc.fix()))
    }
}

impl FromStr for Zone {
    type Err = UnknownZone;

    /// Reads a name, whatever its case, or an offset.
    fn from_str(text: &str) -> Result<Self, UnknownZone> {
        let text = text.trim();
        if text.eq_ignore_ascii_case("z") {
            return Ok(Self::UTC);
        }
        if let Ok(offset) = text.parse::<FixedOffset>() {
            return Ok(offset.into());
        }
        match Tz::from_str_insensitive(text) {
            Ok(zone) => Ok(Self(Rule::Named(zone))),
            Err(_) => Err(UnknownZone {
                name: text.to_owned(),
                near: nearest(text),
            }),
        }
    }
}

/// Returns the zone meant by a city alone or by a name with few letters wrong.
fn nearest(text: &str) -> Option<String> {
    let wanted = text.to_lowercase().replace(' ', "_");
    let likeness = |name: &str| {
        let name = name.to_lowercase();
        let city = name.rsplit('/').next().unwrap_or(&name);
        strsim::normalized_levenshtein(&name, &wanted)
            .max(strsim::normalized_levenshtein(city, &wanted))
    };
    chrono_tz::TZ_VARIANTS
        .iter()
        .map(|zone| (likeness(zone.name()), zone.name()))
        .filter(|(likeness, _)| *likeness >= 0.7)
        // Of equals the first in the order of names.
        .min_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(b.1)))
        .map(|(_, name)| name.to_owned())
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Rule::Named(zone) => f.write_str(zone.name()),
            Rule::Offset(offset) => offset.fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zone(text: &str) -> Zone {
        text.parse().unwrap()
    }

    #[test]
    fn days_begin_where_the_zone_says() {
        let start = |zone: &str, day: &str| {
            let day = day.parse().unwrap();
            self::zone(zone).start_of(day).unwrap().to_rfc3339()
        };
        assert_eq!(
            start("Europe/Berlin", "2025-10-26"),
            "2025-10-25T22:00:00+00:00"
        );
        assert_eq!(
            start("europe/berlin", "2025-10-27"),
            "2025-10-26T23:00:00+00:00"
        );
        assert_eq!(start("+09:00", "2025-10-26"), "2025-10-25T15:00:00+00:00");
        // Clocks went forward at midnight: the day began at one.
        assert_eq!(
            start("America/Sao_Paulo", "2018-11-04"),
            "2018-11-04T03:00:00+00:00"
        );
        // They went back at midnight: the last hour of the day before came twice.
        assert_eq!(
            start("America/Sao_Paulo", "2018-02-18"),
            "2018-02-18T03:00:00+00:00"
        );
    }

    #[test]
    fn an_unknown_zone_is_named() {
        let said = |text: &str| text.parse::<Zone>().unwrap_err().to_string();
        assert_eq!(
            said("Berlin"),
            "no time zone \"Berlin\"; they are written Europe/Berlin, +09:00 or UTC; did you mean Europe/Berlin?"
        );
        assert!(said("Asia/Tokio").ends_with("did you mean Asia/Tokyo?"));
        assert_eq!(
            said("Mars"),
            "no time zone \"Mars\"; they are written Europe/Berlin, +09:00 or UTC"
        );
        for zone in ["Europe/Berlin", "+09:00", "UTC", "-03:30"] {
            assert_eq!(self::zone(zone).to_string(), zone);
        }
    }
}
