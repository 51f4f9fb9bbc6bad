// Draws the charts of a page: each element of class `chart` holds its data as JSON (charts.hpp).
'use strict';
(() => {
  const kDay = 86400000;
  const light = { ink: '#1b2733', soft: '#5b6875', line: '#d5dce2', paper: '#ffffff', mark: '#e3e9ed',
                  series: ['#0b5d78', '#c2500a', '#6b4c9a', '#2e7d32', '#a3195b', '#7a6a00'] };
  const dark = { ink: '#e6edf2', soft: '#a3b1bd', line: '#3a4651', paper: '#12181d', mark: '#28323b',
                 series: ['#6ec3dd', '#f29a5c', '#b9a0e0', '#86c98a', '#ec8fb8', '#d3c25a'] };
  const screen_is_dark = window.matchMedia('screen and (prefers-color-scheme: dark)');
  const font = getComputedStyle(document.body).fontFamily;
  const charts = [];

  const number = (value, language) =>
    value === null || value === undefined ? '–'
      : value.toLocaleString(language, { maximumSignificantDigits: Math.abs(value) < 1000 ? 3 : 5 });
  const percent = (value, language) => `${(100 * value).toLocaleString(language, { maximumFractionDigits: 1 })}%`;

  /** An interval behind each point of a series of shares. */
  const interval = (shift) => (params, api) => {
    const low = api.coord([api.value(0), api.value(2)]), high = api.coord([api.value(1), api.value(2)]);
    const y = low[1] + shift, style = { stroke: api.visual('color'), lineWidth: 2 };
    const piece = (x1, y1, x2, y2) => ({ type: 'line', shape: { x1, y1, x2, y2 }, style });
    return { type: 'group', children: [piece(low[0], y, high[0], y), piece(low[0], y - 4, low[0], y + 4),
                                       piece(high[0], y - 4, high[0], y + 4)] };
  };

  const name_style = (look, size) => ({ color: look.soft, fontSize: size });

  const axis = (look, size, more) => ({
    axisLabel: { color: look.soft, fontSize: size, hideOverlap: true },
    axisLine: { lineStyle: { color: look.line } },
    splitLine: { lineStyle: { color: look.line, opacity: 0.6 } },
    nameTextStyle: name_style(look, size),
    ...more
  });

  const base = (data, look, size) => ({
    animation: false,
    useUTC: true,
    textStyle: { fontFamily: font, color: look.ink },
    color: look.series,
    legend: { show: data.series.length > 1, type: 'plain', top: 0, left: 0, itemWidth: 18, itemHeight: 9,
              textStyle: { color: look.ink, fontSize: size },
              data: data.series.map((series) => ({ name: series.name, icon: icon_of(series.kind) })) },
    tooltip: { trigger: 'axis', confine: true, backgroundColor: look.paper, borderColor: look.line,
               textStyle: { color: look.ink, fontSize: size } }
  });

  const icon_of = (kind) =>
    kind === 'dots' ? 'circle' : kind === 'bars' ? 'rect' : 'path://M0,4H18V6H0Z';

  /** A month, by its name; January by its year. */
  const month = (moment, language) => {
    const date = new Date(moment);
    return date.getUTCMonth() === 0 ? String(date.getUTCFullYear())
      : date.toLocaleDateString(language, { month: 'short', timeZone: 'UTC' });
  };

  /** What the figures are called, and the figures, as text: names may hold anything. */
  const told = (title, lines) => {
    const text = document.createElement('div');
    for (const line of [title, ...lines]) text.appendChild(document.createElement('div')).textContent = line;
    text.firstChild.style.fontWeight = '600';
    return text;
  };

  /** Lines, dots and bars over a common axis; what is `second` stands in a panel below. */
  const over_axis = (data, look, size, narrow) => {
    const over_time = data.kind === 'over_time', second = data.series.some((series) => series.second);
    const x_of = (x) => (over_time ? x * kDay : x);
    const top = data.series.length > 1 ? (narrow && !data.small ? 66 : 48) : 26;
    const grid = second
      ? [{ top, left: 8, right: 16, bottom: '36%', containLabel: true },
         { top: '74%', left: 8, right: 16, bottom: 8, containLabel: true }]
      : [{ top, left: 8, right: 16, bottom: over_time ? 8 : 26, containLabel: true }];
    const x_axis = (index, bottom) => axis(look, size, {
      type: over_time ? 'time' : 'value', gridIndex: index, min: over_time ? 'dataMin' : 0, max: 'dataMax',
      name: bottom && !over_time ? data.x : '', nameLocation: 'middle', nameGap: 26, splitLine: { show: false },
      axisLabel: { show: bottom, color: look.soft, fontSize: size, hideOverlap: true,
                   formatter: (value) => (over_time ? month(value, data.language) : number(value, data.language)) }
    });
    const most = Math.max(0.01, ...data.series.flatMap((series) => series.y.map((y) => y || 0)));
    const y_axis = (index, name, share) => axis(look, size, {
      type: 'value', gridIndex: index, name, min: 0,
      max: !share ? undefined : most > 0.5 ? 1 : Math.ceil(most * 10) / 10, interval: !share ? undefined : most > 0.5 ? 0.25 : 0.1,
      nameTextStyle: { ...name_style(look, size), align: 'left' }, splitNumber: index === 1 ? 1 : data.small ? 2 : 4,
      axisLabel: { color: look.soft, fontSize: size,
                   formatter: (value) => (share ? percent(value, data.language) : number(value, data.language)) }
    });
    const shares = data.kind === 'curve';
    const moments = data.marks.filter((mark) => mark.until <= mark.from)
      .map((mark) => ({ name: mark.name, xAxis: x_of(mark.from) }));
    const marks = data.marks.filter((mark) => mark.until > mark.from).map((mark) => [{ name: mark.name, xAxis: x_of(mark.from) }, { xAxis: x_of(mark.until) }]);
    const drawn = data.series.map((series, index) => {
      const colour = look.series[index % look.series.length];
      const points = series.x.map((x, i) => [x_of(x), series.y[i]]);
      const common = { name: series.name, data: points, xAxisIndex: series.second ? 1 : 0,
                       yAxisIndex: series.second ? 1 : 0, itemStyle: { color: colour } };
      if (series.kind === 'dots') return { ...common, type: 'scatter', symbolSize: data.small ? 4 : 6 };
      if (series.kind === 'bars') return { ...common, type: 'bar', barMaxWidth: 8 };
      return { ...common, type: 'line', symbol: 'none', connectNulls: false, step: series.kind === 'steps' ? 'end' : false,
               lineStyle: { color: colour, width: series.kind === 'steps' ? 3 : 2, opacity: series.kind === 'steps' ? 0.75 : 1 } };
    });
    if (marks.length > 0)
      drawn[0] = { ...drawn[0], markArea: { silent: true, itemStyle: { color: look.mark, opacity: 0.7 },
        label: { color: look.soft, fontSize: size, position: 'insideTop' }, data: marks } };
    if (moments.length > 0)
      drawn[0] = { ...drawn[0], markLine: { silent: true, symbol: 'none', lineStyle: { color: look.soft, type: 'dashed' },
        label: { color: look.soft, fontSize: size, position: 'insideEndTop', rotate: 0, formatter: (line) => line.name },
        data: moments } };
    return { ...base(data, look, size), grid,
      xAxis: second ? [x_axis(0, false), x_axis(1, true)] : [x_axis(0, true)],
      yAxis: second ? [y_axis(0, data.y, false), y_axis(1, data.second, false)] : [y_axis(0, data.y, shares)],
      axisPointer: { link: [{ xAxisIndex: 'all' }], lineStyle: { color: look.soft } },
      tooltip: { ...base(data, look, size).tooltip,
        formatter: (points) => {
          const at = points[0].value[0];
          const title = over_time ? new Date(at).toLocaleDateString(data.language, { month: 'long', year: 'numeric', timeZone: 'UTC' })
            : `${number(at, data.language)} ${data.x}`;
          return told(title, points.map((point) => `${point.seriesName}: ${shares ? percent(point.value[1], data.language)
            : number(point.value[1], data.language)}`));
        } },
      series: drawn };
  };

  /** Shares with their intervals, one row for each category. */
  const shares = (data, look, size, narrow) => {
    const high = Math.max(0.05, ...data.series.flatMap((series) => [...series.high, ...series.y].map((x) => x || 0)));
    const shift_of = (index) => (index - (data.series.length - 1) / 2) * 12;
    const drawn = data.series.flatMap((series, index) => {
      const colour = look.series[index % look.series.length];
      const seen = series.x.map((row, i) => i).filter((i) => series.y[i] !== null);
      return [
        { name: series.name, type: 'scatter', symbolSize: 8, symbolOffset: [0, shift_of(index)], itemStyle: { color: colour },
          data: seen.map((i) => ({ value: [series.y[i], series.x[i]], low: series.low[i], high: series.high[i] })) },
        { name: series.name, type: 'custom', silent: true, itemStyle: { color: colour }, renderItem: interval(shift_of(index)),
          encode: { x: [0, 1], y: 2 }, data: seen.map((i) => [series.low[i], series.high[i], series.x[i]]) }
      ];
    });
    return { ...base(data, look, size),
      grid: [{ top: data.series.length > 1 ? (narrow ? 74 : 34) : 8, left: 8, right: 24, bottom: 26, containLabel: true }],
      xAxis: axis(look, size, { type: 'value', min: 0, max: Math.min(1, Math.ceil(high * 10) / 10), name: data.x, nameLocation: 'middle',
        nameGap: 26, axisLabel: { color: look.soft, fontSize: size, formatter: (value) => percent(value, data.language) } }),
      yAxis: axis(look, size, { type: 'category', inverse: true, data: data.categories, splitLine: { show: true, lineStyle: { color: look.line, opacity: 0.6 } },
        axisLabel: { color: look.ink, fontSize: size, width: narrow ? 110 : 260, overflow: 'break' } }),
      tooltip: { ...base(data, look, size).tooltip, trigger: 'item',
        formatter: (point) => told(data.categories[point.value[1]],
          [`${point.seriesName}: ${percent(point.value[0], data.language)} (${percent(point.data.low, data.language)} – ${percent(point.data.high, data.language)})`]) },
      series: drawn };
  };

  const options_of = (data, look, width) => {
    const narrow = width < 480, size = narrow || data.small ? 11 : 12;
    return data.kind === 'shares' ? shares(data, look, size, narrow) : over_axis(data, look, size, narrow);
  };

  const draw = (chart, look) => {
    chart.drawn.setOption(options_of(chart.data, look, chart.place.clientWidth), true);
    chart.drawn.resize();
  };
  const draw_all = () => charts.forEach((chart) => draw(chart, screen_is_dark.matches ? dark : light));

  for (const place of document.querySelectorAll('.chart')) {
    const data = JSON.parse(place.querySelector('script').textContent);
    if (data.kind === 'shares') place.style.height = `${70 + data.categories.length * (16 + 12 * data.series.length)}px`;
    const canvas = place.appendChild(document.createElement('div'));
    canvas.className = 'canvas';
    const drawn = echarts.init(canvas, null, { renderer: 'svg', locale: data.language === 'nl' ? 'NL' : 'EN' });
    const chart = { place, data, drawn, width: place.clientWidth };
    charts.push(chart);
    draw(chart, screen_is_dark.matches ? dark : light);
  }
  const sizes = new ResizeObserver((entries) => {
    for (const entry of entries) {
      const chart = charts.find((one) => one.place === entry.target);
      if (entry.target.clientWidth === chart.width) continue;
      chart.width = entry.target.clientWidth;
      draw(chart, screen_is_dark.matches ? dark : light);
    }
  });
  charts.forEach((chart) => sizes.observe(chart.place));
  screen_is_dark.addEventListener('change', draw_all);
  window.addEventListener('beforeprint', () => charts.forEach((chart) => {
    chart.drawn.resize({ width: chart.data.small ? 300 : 660 });
    chart.drawn.setOption(options_of(chart.data, light, 660), true);
  }));
  window.addEventListener('afterprint', () => { charts.forEach((chart) => chart.drawn.resize({ width: 'auto' })); draw_all(); });
})();
