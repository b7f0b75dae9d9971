//! A timeline as a picture for a report: one file without script, readable aloud.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;

use super::numbers::{count, grouped};
use super::status::Failure;
use crate::Timeline;

const WIDTH: f64 = 960.0;
const HEIGHT: f64 = 420.0;
/// Room around the plot, for the title, the axis' numbers and the names of the periods.
const LEFT: f64 = 64.0;
const RIGHT: f64 = 16.0;
const TOP: f64 = 72.0;
const BOTTOM: f64 = 56.0;
const ROOM: f64 = WIDTH - LEFT - RIGHT;
/// Pixels that the name of a period takes, at its longest: `2025-10-25`.
const LABEL: f64 = 84.0;
/// More bars than the plot has pixels are drawn as one outline.
const BARS: usize = 800;

/// Draws the chart of a query's matches; `searched` says among what.
pub(super) fn chart(timeline: &Timeline, query: &str, searched: &str) -> String {
    let buckets = &timeline.buckets;
    let total: u64 = buckets.iter().map(|bucket| bucket.count).sum();
    let most = buckets.iter().map(|bucket| bucket.count).max().unwrap_or(0);
    let interval = timeline.interval;
    let title = format!("Quotations by {}: {query}", interval.as_str());
    let undated = match timeline.undated {
        0 => String::new(),
        number => format!(", {} undated", grouped(number)),
    };
    let below = format!(
        "{}{undated}; searched: {searched}",
        count(total, "quotation")
    );
    let mut said = below.clone();
    if let Some(high) = buckets
        .iter()
        .find(|bucket| bucket.count == most && most > 0)
    {
        let name = interval.name(high.start);
        let _ = write!(said, ". The most, {}, are in {name}.", grouped(most));
    }
    let mut svg = String::new();
    let _ = writeln!(
        svg,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{HEIGHT}\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\" aria-labelledby=\"title desc\" font-family=\"sans-serif\" font-size=\"13\" fill=\"#222\">"
    );
    let _ = writeln!(svg, "<title id=\"title\">{}</title>", escaped(&title));
    let _ = writeln!(svg, "<desc id=\"desc\">{}</desc>", escaped(&said));
    let _ = writeln!(svg, "<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>");
    let long = title.chars().count() > 90;
    let shown: String = if long {
        title.chars().take(89).chain(['…']).collect()
    } else {
        title
    };
    let _ = writeln!(
        svg,
        "<text x=\"{LEFT}\" y=\"28\" font-size=\"18\" font-weight=\"bold\">{}</text>",
        escaped(&shown)
    );
    let _ = writeln!(
        svg,
        "<text x=\"{LEFT}\" y=\"50\" fill=\"#555\">{}</text>",
        escaped(&below)
    );
    let base = HEIGHT - BOTTOM;
    let step = step(most);
    let high = most.div_ceil(step).saturating_mul(step).max(1);
    let y = |count: u64| base - (base - TOP) * count as f64 / high as f64;
    lines(&mut svg, step, high, &y);
    let wide = ROOM / buckets.len().max(1) as f64;
    bars(&mut svg, timeline, wide, &y);
    let every = (LABEL / wide).ceil().max(1.0) as usize;
    for (index, bucket) in buckets.iter().enumerate().step_by(every) {
        let middle = LEFT + wide * (index as f64 + 0.5);
        if middle + LABEL / 2.0 > WIDTH {
            break;
        }
        let _ = writeln!(
            svg,
            "<text x=\"{middle:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{}</text>",
            base + 20.0,
            interval.name(bucket.start)
        );
    }
    let _ = writeln!(
        svg,
        "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"middle\" fill=\"#555\">{} of publication</text>",
        LEFT + ROOM / 2.0,
        HEIGHT - 10.0,
        interval.as_str()
    );
    let _ = writeln!(
        svg,
        "<text transform=\"translate(16 {:.1}) rotate(-90)\" text-anchor=\"middle\" fill=\"#555\">quotations</text>",
        f64::midpoint(base, TOP)
    );
    svg.push_str("</svg>\n");
    svg
}

/// Draws a line across the plot, and its number, every `step` up to `high`.
fn lines(svg: &mut String, step: u64, high: u64, y: &dyn Fn(u64) -> f64) {
    for tick in (0..=high).step_by(step as usize) {
        let at = y(tick);
        let _ = writeln!(
            svg,
            "<line x1=\"{LEFT}\" x2=\"{:.1}\" y1=\"{at:.1}\" y2=\"{at:.1}\" stroke=\"{}\"/><text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\">{}</text>",
            WIDTH - RIGHT,
            if tick == 0 { "#222" } else { "#ddd" },
            LEFT - 8.0,
            at + 4.5,
            grouped(tick)
        );
    }
}

/// Draws the bars, `wide` pixels apart.
fn bars(svg: &mut String, timeline: &Timeline, wide: f64, y: &dyn Fn(u64) -> f64) {
    let (buckets, interval, base) = (&timeline.buckets, timeline.interval, HEIGHT - BOTTOM);
    let x = |index: usize| LEFT + wide * index as f64;
    if buckets.len() > BARS {
        let _ = write!(svg, "<path fill=\"#2b6cb0\" d=\"M{LEFT} {base}");
        for (index, bucket) in buckets.iter().enumerate() {
            let _ = write!(
                svg,
                "V{:.1}H{:.2}",
                y(bucket.count),
                x(index.saturating_add(1))
            );
        }
        let _ = writeln!(svg, "V{base}Z\"/>");
    } else {
        for (index, bucket) in buckets
            .iter()
            .enumerate()
            .filter(|(_, bucket)| bucket.count > 0)
        {
            let gap = if wide > 4.0 { wide * 0.15 } else { 0.0 };
            let _ = writeln!(
                svg,
                "<rect x=\"{:.2}\" y=\"{:.1}\" width=\"{:.2}\" height=\"{:.1}\" fill=\"#2b6cb0\"><title>{}: {}</title></rect>",
                x(index) + gap / 2.0,
                y(bucket.count),
                wide - gap,
                base - y(bucket.count),
                interval.name(bucket.start),
                grouped(bucket.count)
            );
        }
    }
}

/// Chooses the distance of the axis' lines: one, two or five of some power of ten, five lines or fewer.
fn step(most: u64) -> u64 {
    let powers = (0..).map_while(|power| 10_u64.checked_pow(power));
    let mut steps = powers.flat_map(|power| [1, 2, 5].map(|step| power.saturating_mul(step)));
    steps.find(|step| most.div_ceil(*step) <= 5).unwrap_or(most)
}

/// Writes a text as XML has it; characters that XML forbids are replaced.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for char in super::terminal::clean(text).chars() {
        match char {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            char => out.push(char),
        }
    }
    out
}

/// Writes a file so that at any moment it is the old one or the whole new one.
pub(super) fn write(path: &Path, text: &str) -> Result<(), Failure> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let mut builder = tempfile::Builder::new();
    builder.prefix(".whosaid-");
    // As any new file of the user's: the umask takes from it what it takes.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let written = builder.tempfile_in(folder).and_then(|mut file| {
        file.write_all(text.as_bytes())?;
        file.persist(path).map_err(|error| error.error)
    });
    written.map(drop).map_err(|source| Failure::Io {
        what: format!("cannot write {}", path.display()),
        source,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn axes_have_few_round_numbers() {
        let steps = [0, 1, 5, 6, 10, 11, 26, 1000, 1_234_567].map(step);
        assert_eq!(steps, [1, 1, 1, 2, 2, 5, 10, 200, 500_000]);
    }

    #[test]
    fn nothing_written_by_others_is_markup() {
        assert_eq!(
            escaped("a<b>&\"c\"\u{1b}"),
            "a&lt;b&gt;&amp;&quot;c&quot;\u{fffd}"
        );
    }
}
