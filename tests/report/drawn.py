"""What a browser shows of the charts on a page, for the tests of pages."""

# Of the charts now shown, by their labels: those in which less is drawn than they hold.
EMPTY_CHARTS = """
  return [...document.querySelectorAll('.chart')].filter(chart => chart.clientWidth > 0).filter(chart => {
    const data = JSON.parse(chart.querySelector('script').textContent), rows = data.series || [];
    const paths = [...chart.querySelectorAll('svg path')], filled = paths.filter(path => path.getAttribute('fill') !== 'none');
    if (data.kind === 'flow')
      return data.links.length === 0 || filled.filter(path => path.getBBox().width > 20).length < data.links.length;
    if (data.kind === 'amounts')
      return rows.length === 0 || filled.length < rows.reduce((points, row) => points + row.y.length, 0);
    const lines = paths.filter(path => path.getAttribute('fill') === 'none' && /[LC]/.test(path.getAttribute('d')) && path.getBBox().width > 50);
    return rows.length === 0 || lines.length < rows.filter(row => row.kind === 'line' && row.y.some(y => y !== null)).length;
  }).map(chart => chart.getAttribute('aria-label') || 'unnamed');"""

# Charts and tables that a sheet of paper of so many pixels, as it is now emulated, would cut.
CUT_CHARTS = """
  return [...document.querySelectorAll('figure')].filter(figure => figure.clientWidth > 0).filter(figure => {
    const box = figure.getBoundingClientRect(), drawing = figure.querySelector('svg').getBoundingClientRect();
    return getComputedStyle(figure).breakInside !== 'avoid' || box.height > %(height)d || drawing.height < 100 || drawing.width < 200
      || drawing.left < box.left - 1 || drawing.right > box.right + 1 || drawing.right > %(width)d + 1 || drawing.bottom > box.bottom + 1;
  }).map(figure => figure.textContent.slice(0, 80));"""
WIDE_TABLES = """
  return [...document.querySelectorAll('table')].filter(t => t.clientWidth > 0 && t.getBoundingClientRect().right > %(width)d + 1)
    .map(t => t.textContent.slice(0, 80));"""
