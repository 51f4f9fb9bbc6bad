// Draws the charts of a page: each element of class `chart` holds its data as JSON (charts.hpp).
'use strict';
(() => {
  const kDay = 86400000;
  const light = { ink: '#1b2733', soft: '#5b6875', line: '#d5dce2', paper: '#ffffff', mark: '#e3e9ed',
                  series: ['#0b5d78', '#c2500a', '#6b4c9a', '#2e7d32', '#a3195b', '#7a6a00'],
                  depths: ['#d3e6ec', '#8fbfce', '#3f87a0', '#08394b'], traffic: ['#9c1c1c', '#f0c419', '#c9e7c6'], flow: '#8fb4c2' };
  const dark = { ink: '#e6edf2', soft: '#a3b1bd', line: '#3a4651', paper: '#12181d', mark: '#28323b',
                 series: ['#6ec3dd', '#f29a5c', '#b9a0e0', '#86c98a', '#ec8fb8', '#d3c25a'],
                 depths: ['#1f4452', '#2f7187', '#5fb0c9', '#c9eef9'], traffic: ['#f08080', '#b08c1e', '#2c5a33'], flow: '#3f6270' };
  const screen_is_dark = window.matchMedia('screen and (prefers-color-scheme: dark)');
  const font = getComputedStyle(document.body).fontFamily;
  light.font = dark.font = font;
  const charts = [];
  // Lines differ without colour as well.
  const dashes = ['solid', [7, 4], [2, 3], [10, 3, 2, 3], [14, 5], [5, 2, 1, 2, 1, 2]];
  const symbols = ['none', 'circle', 'rect', 'triangle', 'diamond', 'arrow'];
  const colour_of = (look, number) => look.series[number % look.series.length];
  /** Of a part of a whole: from dark to light, and then those that are called after their colour. */
  const part_of = (look, number) => [...look.depths].reverse().concat(look.traffic)[number];

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
    legend: { show: data.legend, type: 'plain', top: 0, left: 0, itemWidth: 18, itemHeight: 9,
              textStyle: { color: look.ink, fontSize: size },
              data: data.series.map((series) => ({ name: series.name, icon: data.stacked ? 'rect' : icon_of(series.kind) })) },
    tooltip: { trigger: 'axis', confine: true, backgroundColor: look.paper, borderColor: look.line,
               textStyle: { color: look.ink, fontSize: size } }
  });

  /** The intervals of a line as one band behind it. */
  const band = (series, x_of, colour, at) => {
    const seen = series.x.map((x, i) => [x_of(x), series.low[i], series.high[i]]).filter((point) => point[1] !== null && point[2] !== null);
    return { name: series.name, type: 'custom', silent: true, z: 1, xAxisIndex: at, yAxisIndex: at, itemStyle: { color: colour },
      encode: { x: 0, y: [1, 2] }, tooltip: { show: false }, data: seen,
      renderItem: (params, api) => params.dataIndex > 0 ? null : {
        type: 'polygon', silent: true,
        shape: { points: [...seen.map((point) => api.coord([point[0], point[2]])), ...seen.map((point) => api.coord([point[0], point[1]])).reverse()] },
        style: { fill: colour, opacity: 0.16 } } };
  };

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

  const figure_text = (data, value) =>
    value === null ? '–' : data.kind === 'curve' || data.share ? percent(value, data.language) : number(value, data.language);

  /** Lines, dots and bars over a common axis; what is `second` stands in a panel below. */
  const over_axis = (data, look, size, narrow) => {
    const over_time = data.kind === 'over_time', second = data.series.some((series) => series.second);
    const x_of = (x) => (over_time ? x * kDay : x);
    const top = data.legend ? (narrow && !data.small ? 66 : 48) : 26;
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
    const all = data.series.flatMap((series) => [...series.y, ...series.low, ...series.high]).map((y) => y || 0);
    const most = Math.max(0.01, ...all), least = Math.min(0, ...all);
    const y_axis = (index, name, share) => axis(look, size, {
      type: 'value', gridIndex: index, name, min: least < 0 ? undefined : 0,
      max: !share ? undefined : most > 0.5 ? 1 : Math.ceil(most * 10) / 10, interval: !share ? undefined : most > 0.5 ? 0.25 : 0.1,
      nameTextStyle: { ...name_style(look, size), align: 'left' }, splitNumber: index === 1 ? 1 : data.small ? 2 : 4,
      axisLabel: { color: look.soft, fontSize: size,
                   formatter: (value) => (share ? percent(value, data.language) : number(value, data.language)) }
    });
    const shares = data.kind === 'curve' || data.share;
    const moments = data.marks.filter((mark) => mark.until <= mark.from)
      .map((mark) => ({ name: mark.name, xAxis: x_of(mark.from) }));
    const marks = data.marks.filter((mark) => mark.until > mark.from).map((mark) => [{ name: mark.name, xAxis: x_of(mark.from) }, { xAxis: x_of(mark.until) }]);
    const drawn = data.series.map((series) => {
      const colour = data.stacked ? part_of(look, series.look) : colour_of(look, series.look), shape = data.stacked ? 'none' : symbols[series.look % symbols.length];
      const points = series.x.map((x, i) => [x_of(x), series.y[i]]);
      const common = { name: series.name, data: points, xAxisIndex: series.second ? 1 : 0,
                       yAxisIndex: series.second ? 1 : 0, itemStyle: { color: colour } };
      if (series.kind === 'dots') return { ...common, type: 'scatter', symbolSize: data.small ? 4 : 6 };
      if (data.stacked) return { ...common, type: 'line', stack: 'whole', symbol: 'none', lineStyle: { color: look.ink, width: 1 }, areaStyle: { color: colour, opacity: 1 } };
      if (series.kind === 'bars') return { ...common, type: 'bar', barMaxWidth: 8 };
      return { ...common, type: 'line', z: 3, symbol: (value, point) => ((point.dataIndex + series.look) % 6 === 3 ? shape : 'none'), symbolSize: data.small ? 6 : 8,
               showSymbol: shape !== 'none' && data.series.length > 1, showAllSymbol: true, connectNulls: false, step: series.kind === 'steps' ? 'end' : false,
               lineStyle: { color: colour, type: dashes[series.look % dashes.length], width: series.kind === 'steps' ? 3 : 2, opacity: series.kind === 'steps' ? 0.75 : 1 } };
    });
    const bands = data.series.filter((series) => series.kind === 'line' && series.low.length > 0)
      .map((series) => band(series, x_of, colour_of(look, series.look), series.second ? 1 : 0));
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
        formatter: (all_points) => {
          const points = all_points.filter((point) => point.seriesType !== 'custom');
          const at = points[0].value[0];
          const title = over_time ? new Date(at).toLocaleDateString(data.language, { month: 'long', year: 'numeric', timeZone: 'UTC' })
            : `${number(at, data.language)} ${data.x}`;
          return told(title, points.map((point) => `${point.seriesName}: ${figure_text(data, point.value[1])}`));
        } },
      series: [...bands, ...drawn] };
  };

  /** Shares or amounts with their intervals, one row for each category. */
  const shares = (data, look, size, narrow) => {
    const high = Math.max(0.05, ...data.series.flatMap((series) => [...series.high, ...series.y].map((x) => x || 0)));
    const told_as = (value) => (data.kind === 'amounts' ? number(value, data.language) : percent(value, data.language));
    const shift_of = (index) => (index - (data.series.length - 1) / 2) * 12;
    const drawn = data.series.flatMap((series, index) => {
      const colour = colour_of(look, series.look);
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
      xAxis: axis(look, size, { type: 'value', ...(data.kind === 'amounts' ? { scale: true } : { min: 0, max: Math.min(1, Math.ceil(high * 10) / 10) }), name: data.x, nameLocation: 'middle',
        nameGap: 26, splitNumber: data.small ? 3 : 5, axisLabel: { color: look.soft, fontSize: size, hideOverlap: true, formatter: told_as } }),
      yAxis: axis(look, size, { type: 'category', inverse: true, data: data.categories, splitLine: { show: true, lineStyle: { color: look.line, opacity: 0.6 } },
        axisLabel: { color: look.ink, fontSize: size, lineHeight: size + 2, width: narrow ? 130 : 260, overflow: 'break' } }),
      tooltip: { ...base(data, look, size).tooltip, trigger: 'item',
        formatter: (point) => told(data.categories[point.value[1]],
          [`${point.seriesName}: ${told_as(point.value[0])} (${told_as(point.data.low)} – ${told_as(point.data.high)})`]) },
      series: drawn };
  };

  const options_of = (data, look, width) => {
    const narrow = width < 480, size = narrow || data.small ? 11 : 12;
    if (data.kind === 'flow') return flow_chart.options(data, look, told, number, width);
    return data.kind === 'shares' || data.kind === 'amounts' ? shares(data, look, size, narrow) : over_axis(data, look, size, narrow);
  };

  const draw = (chart, look) => {
    if (chart.place.clientWidth === 0) return;  // not shown now
    if (!chart.drawn)
      chart.drawn = echarts.init(chart.canvas, null, { renderer: 'svg', locale: chart.data.language === 'nl' ? 'NL' : 'EN' });
    chart.drawn.setOption(options_of(chart.data, look, chart.place.clientWidth), true);
    chart.drawn.resize();
  };
  const look_now = () => (screen_is_dark.matches ? dark : light);
  const draw_all = () => { charts.forEach((chart) => draw(chart, look_now())); draw_legends(look_now()); };

  // ---- What stands beside charts: what their lines mean, and their figures

  const svg = (tag, more) => {
    const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
    for (const [name, value] of Object.entries(more)) element.setAttribute(name, value);
    return element;
  };
  const shapes = { circle: ['circle', { cx: 16, cy: 6, r: 4 }], rect: ['rect', { x: 12, y: 2, width: 8, height: 8 }],
                   triangle: ['path', { d: 'M16,1L21,10H11Z' }], diamond: ['path', { d: 'M16,1L21,6L16,11L11,6Z' }],
                   arrow: ['path', { d: 'M16,1L21,11L16,8L11,11Z' }] };
  const legends = [...document.querySelectorAll('.legend')]
    .map((place) => ({ place, rows: JSON.parse(place.querySelector('script').textContent) }));
  const draw_legends = (look) => {
    for (const legend of legends)
      legend.place.replaceChildren(...legend.rows.map((row) => {
        const item = document.createElement('span'), sample = svg('svg', { viewBox: '0 0 32 12', 'aria-hidden': 'true' });
        const colour = colour_of(look, row.look), dash = dashes[row.look % dashes.length], shape = shapes[symbols[row.look % symbols.length]];
        if (row.kind === 'dots') sample.append(svg('circle', { cx: 16, cy: 6, r: 3, fill: colour }));
        else {
          sample.append(svg('line', { x1: 0, y1: 6, x2: 32, y2: 6, stroke: colour, 'stroke-width': 2, 'stroke-dasharray': dash === 'solid' ? '' : dash.join(' ') }));
          if (shape) sample.append(svg(shape[0], { ...shape[1], fill: colour }));
        }
        item.append(sample, row.name);
        return item;
      }));
  };

  /** The points of a chart as a table, made when it is asked for. */
  const figures_of = (data) => {
    const table = document.createElement('table'), head = table.createTHead().insertRow(), rows = table.createTBody();
    const cell = (row, text, scope) => {
      const made = document.createElement(scope ? 'th' : 'td');
      if (scope) made.scope = scope;
      made.textContent = text;
      row.appendChild(made);
    };
    cell(head, data.x || '', 'col');
    for (const series of data.series) cell(head, series.name, 'col');
    const moments = [...new Set(data.series.flatMap((series) => series.x))].sort((a, b) => a - b);
    for (const x of moments) {
      const row = rows.insertRow();
      cell(row, data.kind === 'over_time'
        ? new Date(x * kDay).toLocaleDateString(data.language, { month: 'short', year: 'numeric', timeZone: 'UTC' }) : data.categories.length > 0 ? data.categories[x] : number(x, data.language), 'row');
      for (const series of data.series) {
        const at = series.x.indexOf(x);
        const known = at >= 0 && series.y[at] !== null;
        cell(row, !known ? '–' : series.low.length === 0 ? figure_text(data, series.y[at])
          : `${figure_text(data, series.y[at])} (${figure_text(data, series.low[at])} – ${figure_text(data, series.high[at])})`);
      }
    }
    const frame = document.createElement('div');
    frame.className = 'wide';
    frame.tabIndex = 0;
    frame.appendChild(table);
    return frame;
  };

  for (const place of document.querySelectorAll('.chart')) {
    const data = JSON.parse(place.querySelector('script').textContent);
    if (data.kind === 'flow') place.style.height = `${flow_chart.height(data)}px`;
    if (data.kind === 'shares' || data.kind === 'amounts')
      place.style.height = `${70 + data.categories.length * ((data.small || (data.kind === 'amounts' && window.innerWidth < 520) ? 34 : 16) + 12 * data.series.length)}px`;
    const canvas = place.appendChild(document.createElement('div'));
    canvas.className = 'canvas';
    const chart = { place, data, canvas, width: 0 };
    charts.push(chart);
    const figures = place.parentElement.querySelector('details.figures');
    if (figures) figures.addEventListener('toggle', () => { if (figures.children.length === 1) figures.appendChild(figures_of(data)); });
  }
  const sizes = new ResizeObserver((entries) => {
    for (const entry of entries) {
      const chart = charts.find((one) => one.place === entry.target);
      if (entry.target.clientWidth === chart.width) continue;
      chart.width = entry.target.clientWidth;
      draw(chart, look_now());
    }
  });
  charts.forEach((chart) => { chart.width = chart.place.clientWidth; draw(chart, look_now()); sizes.observe(chart.place); });
  draw_legends(look_now());
  screen_is_dark.addEventListener('change', draw_all);
  // Paper is 180 mm wide between its margins: 680 pixels, of which a small chart has half.
  window.addEventListener('beforeprint', () => {
    for (const chart of charts.filter((one) => one.drawn && one.place.clientWidth > 0)) {
      chart.drawn.resize({ width: chart.data.small ? 320 : 660 });
      chart.drawn.setOption(options_of(chart.data, light, 660), true);
    }
    draw_legends(light);
  });
  window.addEventListener('afterprint', () => { charts.forEach((chart) => chart.drawn && chart.drawn.resize({ width: 'auto' })); draw_all(); });
})();
