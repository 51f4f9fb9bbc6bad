// How a chart of flows (flow_chart.hpp) is drawn; charts.js asks for it.
'use strict';
const flow_chart = (() => {
  const kSize = 11, kSmall = 8, kRoomy = 800, kLongLine = 17;  // pixels, and characters in a column

  /** What may not begin or end a style within a label. */
  const plain = (text) => text.replace(/[{}|]/g, ' ');

  /** A text in lines of few characters; a longer word has a line of its own. */
  const lines = (text) => text.split(' ').reduce((all, word) => {
    const last = all.length - 1;
    if (last >= 0 && `${all[last]} ${word}`.length <= kLongLine) all[last] += ` ${word}`;
    else all.push(word);
    return all;
  }, []);
  const label = (node) => [...lines(plain(node.name)).map((line) => `{name|${line}}`),
                           ...node.detail.split('\n').map((line) => `{detail|${plain(line)}}`)].join('\n');

  /** How many steps before it, at most, each place has: the column that it stands in, or the last where nothing follows. */
  const columns = (data) => {
    const column = data.nodes.map(() => 0);
    for (let round = 0; round < data.nodes.length; ++round)
      for (const link of data.links) column[link.to] = Math.max(column[link.to], column[link.from] + 1);
    return column;
  };

  /** Beside places at the ends; between them over one column and under the next, so that neighbours have room. */
  const position = (data, index, column) => {
    if (column[index] === 0 || !data.links.some((link) => link.from === index)) return 'right';
    return column[index] % 2 === 1 ? 'top' : 'bottom';
  };

  /** A step is the darker (on a dark page the lighter) the longer children wait there. */
  const options = (data, look, told, number, width) => {
    const fontSize = width < kRoomy ? kSmall : kSize, font = { fontSize, lineHeight: fontSize + 2 };
    const halo = { textBorderColor: look.paper, textBorderWidth: 3 };
    const text = (value) => `${number(value, data.language)} ${data.unit}`;
    const name = (index) => data.nodes[index].name, column = columns(data);
    return {
      animation: false,
      textStyle: { fontFamily: look.font, color: look.ink },
      tooltip: { trigger: 'item', confine: true, backgroundColor: look.paper, borderColor: look.line,
        textStyle: { color: look.ink, fontSize: 12 },
        formatter: (point) => {
          if (point.dataType === 'node') return told(name(point.dataIndex), data.nodes[point.dataIndex].detail.split('\n'));
          const link = data.links[point.dataIndex];
          return told(`${name(link.from)} → ${name(link.to)}`, [text(link.value)]);
        } },
      series: [{
        type: 'sankey', left: 4, right: 12 * fontSize, top: 74, bottom: 74, nodeWidth: 14, nodeGap: 40, nodeAlign: 'justify', draggable: false,
        layoutIterations: 64, emphasis: { focus: 'adjacency' },
        data: data.nodes.map((node, index) => ({
          id: String(index), name: node.name, label: { position: position(data, index, column) },
          itemStyle: { color: node.depth < 0 ? look.soft : look.depths[node.depth], borderColor: look.ink, borderWidth: 1 } })),
        links: data.links.map((link) => ({ source: String(link.from), target: String(link.to), value: link.value,
                                           lineStyle: { color: look.flow, opacity: 0.5, curveness: 0.5 } })),
        label: { distance: 5, formatter: (point) => label(data.nodes[point.dataIndex]),
          rich: { name: { fontWeight: 600, ...font, color: look.ink, ...halo },
                  detail: { ...font, color: look.ink, ...halo } } }
      }]
    };
  };

  /** Room for the labels of the places of one column under each other. */
  const height = (data) => {
    const column = columns(data);
    const most = Math.max(...column.map((one) => column.filter((other) => other === one).length));
    return Math.min(860, Math.max(480, 180 + 90 * most));
  };

  return { options, height };
})();
