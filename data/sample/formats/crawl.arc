filedesc://crawl.arc 192.0.2.7 20240220060000 text/plain 69
1 0 Skarholm
URL IP-address Archive-date Content-type Archive-length

https://posten.example/2024/ferry.html 192.0.2.7 20240220060000 text/html 911
HTTP/1.1 200 OK
Content-Type: text/html; charset=utf-8

<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Ferry to Skarholm runs in winter again - Skarholm Posten</title>
<meta property="og:site_name" content="Skarholm Posten">
<meta property="article:published_time" content="2024-02-16T08:30:00+01:00"></head>
<body><nav><a href="/">Home</a> <a href="/sea">Sea</a></nav>
<article><h1>Ferry to Skarholm runs in winter again</h1>
<p>The ferry to Skarholm will run through the winter again, the operator said on Friday.</p>
<p>“Nobody should have to choose between a dentist and a home,” said Marit Ulvedal, who speaks for the island's 212 inhabitants.</p>
<p>Operator Nordfjell Lines put the cost at two sailors and one bus. “It was never about the money,” its director Jonas Hegg said.</p>
</article>
<footer>Skarholm Posten, the only newspaper of the island</footer></body></html>

