import { BarChart } from "echarts/charts";
import { GridComponent, LegendComponent, TooltipComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import { colour } from "../shell/colour";
import { inLanguage } from "../shell/language";
import { texts } from "../texts/funnel";

/** The funnel by body: how far the works of each body have come. The table below the chart holds
 * the same figures; the chart is drawn from it. */

use([BarChart, GridComponent, LegendComponent, TooltipComponent, SVGRenderer]);

interface Row {
  name: string;
  parts: number[];
  total: number;
}

const place = document.querySelector<HTMLElement>("[data-funnel]");
const data = document.getElementById("funnel-data");
if (place && data?.textContent) draw(place, JSON.parse(data.textContent) as Row[]);

function draw(target: HTMLElement, rows: Row[]): void {
  const words = inLanguage(texts);
  target.style.height = `${rows.length * 26 + 72}px`;
  const chart = init(target, undefined, { renderer: "svg" });
  const ink = colour("--color-base-content");
  const font = getComputedStyle(document.body).fontFamily;
  const last = words.parts.length - 1;
  const narrow = target.clientWidth < 480;
  chart.setOption({
    animation: !matchMedia("(prefers-reduced-motion: reduce)").matches,
    animationDuration: 200,
    textStyle: { fontFamily: font, color: ink },
    color: ["--color-base-300", "--color-info", "--color-success", "--brand"].map(colour),
    grid: { left: 8, right: 48, top: 44, bottom: 8, containLabel: true },
    legend: { top: 0, left: 0, itemWidth: 14, itemHeight: 10, textStyle: { color: ink } },
    tooltip: { trigger: "axis", axisPointer: { type: "shadow" } },
    xAxis: {
      type: "value",
      minInterval: 1,
      splitLine: { lineStyle: { color: colour("--color-base-300") } },
      axisLabel: { color: ink },
    },
    yAxis: {
      type: "category",
      inverse: true,
      data: rows.map((row) => row.name),
      axisTick: { show: false },
      axisLine: { show: false },
      axisLabel: { color: ink, interval: 0, width: narrow ? 120 : 260, overflow: "truncate" },
    },
    series: words.parts.map((name, part) => ({
      name,
      type: "bar",
      stack: "works",
      barMaxWidth: 16,
      data: rows.map((row) => row.parts[part]),
      label: {
        show: part === last,
        position: "right",
        color: ink,
        formatter: (point: { dataIndex: number }) => String(rows[point.dataIndex]?.total ?? ""),
      },
    })),
  });
  new ResizeObserver(() => chart.resize()).observe(target);
}
