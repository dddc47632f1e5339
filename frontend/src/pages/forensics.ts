import { BarChart, LineChart } from "echarts/charts";
import { GridComponent, LegendComponent, TooltipComponent } from "echarts/components";
import { type EChartsCoreOption, init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import { colour } from "../shell/colour";
import { inLanguage } from "../shell/language";
import { texts } from "../texts/forensics";

/** One work's ballots by the hour, and what else stands on them. The tables below the charts hold
 * the same figures. */

use([BarChart, LineChart, GridComponent, LegendComponent, TooltipComponent, SVGRenderer]);

interface Timeline {
  start: number;
  hours: number[] | null; // null while votes are secret
  usual: number[] | null;
  suspect: number[];
}

interface Company {
  title: string;
  share: number;
  share_else: number;
}

const HOUR = 3_600_000;
const words = inLanguage(texts);
const english = document.documentElement.lang.startsWith("en");
const ink = colour("--color-base-content");
const line = colour("--color-base-300");

const timeline = read<Timeline>("timeline-data");
const company = read<Company[]>("company-data");
const hours = document.querySelector<HTMLElement>("[data-timeline]");
const others = document.querySelector<HTMLElement>("[data-company]");
if (hours && timeline) draw(hours, 300, byTheHour(timeline));
if (others && company) draw(others, company.length * 44 + 60, beside(company));

function read<T>(id: string): T | null {
  const text = document.getElementById(id)?.textContent;
  return text ? (JSON.parse(text) as T) : null;
}

function byTheHour(data: Timeline): EChartsCoreOption {
  const when = data.suspect.map((_, hour) => moment(data.start + hour * HOUR));
  const bar = { type: "bar", stack: "ballots", barCategoryGap: "10%" };
  return {
    color: data.hours ? [colour("--color-info"), colour("--brand"), ink] : [colour("--brand")],
    grid: { left: 8, right: 16, top: 44, bottom: 8, containLabel: true },
    xAxis: { type: "category", data: when, axisTick: { show: false }, axisLabel: { color: ink } },
    yAxis: { type: "value", minInterval: 1, splitLine: { lineStyle: { color: line } } },
    series: [
      ...besides(data, bar),
      { ...bar, name: words.suspect, data: data.suspect },
      ...asUsual(data),
    ],
  };
}

function besides(data: Timeline, bar: object): object[] {
  const rest = data.hours?.map((all, hour) => all - (data.suspect[hour] ?? 0));
  return rest ? [{ ...bar, name: words.others, data: rest }] : [];
}

function asUsual(data: Timeline): object[] {
  const dashed = { type: "line", step: "middle", symbol: "none" };
  const lineStyle = { width: 1.5, type: "dashed" };
  return data.usual ? [{ ...dashed, name: words.usual, lineStyle, data: data.usual }] : [];
}

function beside(rows: Company[]): EChartsCoreOption {
  const label = {
    show: true,
    position: "right",
    color: ink,
    formatter: (point: { value: number }) => `${Math.round(point.value * 100)}%`,
  };
  return {
    color: [colour("--brand"), colour("--color-info")],
    grid: { left: 8, right: 48, top: 36, bottom: 8, containLabel: true },
    xAxis: { type: "value", show: false, max: 1 },
    yAxis: {
      type: "category",
      inverse: true,
      data: rows.map((row) => row.title),
      axisTick: { show: false },
      axisLine: { show: false },
      axisLabel: { color: ink, width: 150, overflow: "truncate" },
    },
    series: [
      { name: words.inSuspect, type: "bar", data: rows.map((row) => row.share), label },
      { name: words.inOthers, type: "bar", data: rows.map((row) => row.share_else), label },
    ],
  };
}

function draw(target: HTMLElement, height: number, option: EChartsCoreOption): void {
  target.style.height = `${height}px`;
  const chart = init(target, undefined, { renderer: "svg" });
  chart.setOption({
    animation: !matchMedia("(prefers-reduced-motion: reduce)").matches,
    animationDuration: 200,
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily, color: ink },
    legend: { top: 0, left: 0, itemWidth: 14, itemHeight: 10, textStyle: { color: ink } },
    tooltip: { trigger: "axis", axisPointer: { type: "shadow" } },
    ...option,
  });
  new ResizeObserver(() => chart.resize()).observe(target);
}

function moment(at: number): string {
  const zone = document.documentElement.dataset.zone;
  return new Intl.DateTimeFormat(english ? "en-GB" : "zh-CN", {
    month: "numeric",
    day: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hour12: false,
    ...(zone ? { timeZone: zone } : {}),
  }).format(at);
}
