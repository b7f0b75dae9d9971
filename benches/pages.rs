//! Reading web pages: from bytes to an article, on one thread.

use std::hint::black_box;
use std::ops::ControlFlow;
use std::sync::Arc;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use whosaid_formats::{Part, ReadOptions, read_file};

/// A page as outlets build them, of so many paragraphs, with as much script and menu around as is usual.
fn page(paragraphs: usize) -> String {
    let menu =
        "<li class=\"menu-item\"><a href=\"/section\">Section of the paper</a></li>".repeat(120);
    let script =
        "window.queue=window.queue||[];queue.push({\"slot\":1,\"html\":\"<b>x</b>\"});".repeat(600);
    let body: String = (0..paragraphs)
        .flat_map(|number| {
            let text = "The council of Tarn has put off the decision on its bridge, she said. “We need the figures first.” ";
            [
                "<p class=\"paragraph\">".to_owned(),
                text.repeat(1 + number % 3),
                "</p>\n<div class=\"ad-slot\"></div>".to_owned(),
            ]
        })
        .collect();
    format!(
        "<!doctype html><html lang=en><head><title>Decision Put Off | Courier</title><script>{script}</script></head><body>\
         <nav class=main-nav><ul>{menu}</ul></nav><main><article><h1>Decision Put Off</h1>\
         <div class=article-body>{body}</div></article></main><footer>© Courier</footer></body></html>"
    )
}

fn read(criterion: &mut Criterion) {
    let options = Arc::new(ReadOptions::new());
    let mut group = criterion.benchmark_group("page");
    for paragraphs in [10, 100] {
        let html = page(paragraphs);
        group.throughput(Throughput::Bytes(html.len() as u64));
        group.bench_function(format!("{paragraphs} paragraphs"), |bencher| {
            bencher.iter(|| {
                let mut file = black_box(html.as_bytes());
                let read = read_file(&mut file, "page.html", &options, &mut |part| {
                    if let Part::Records(records) = part {
                        records.read_all(&mut |article| {
                            assert!(
                                article.is_ok_and(|article| article.text.len() > 90 * paragraphs)
                            );
                        });
                    }
                    ControlFlow::Continue(())
                });
                assert!(read.is_ok());
            });
        });
    }
    group.finish();
}

criterion_group!(benches, read);
criterion_main!(benches);
