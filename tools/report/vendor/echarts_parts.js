// The parts of Apache ECharts that our pages use. `make` bundles them; charts.js finds them as `echarts`.
import { init, registerLocale, use } from 'echarts/core';
import { BarChart, CustomChart, LineChart, SankeyChart, ScatterChart } from 'echarts/charts';
import { GridComponent, LegendComponent, MarkAreaComponent, MarkLineComponent, TooltipComponent } from 'echarts/components';
import { SVGRenderer } from 'echarts/renderers';
import dutch from 'echarts/lib/i18n/langNL.js';

use([BarChart, CustomChart, LineChart, SankeyChart, ScatterChart, GridComponent, LegendComponent, MarkAreaComponent,
     MarkLineComponent, TooltipComponent, SVGRenderer]);
registerLocale('NL', dutch);
export { init };
