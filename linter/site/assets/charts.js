/* Draws line charts of the tables that stand behind them:

   <figure class="chart" data-kind="line"> with <div class="plot" role="img" aria-label="..."></div> and a table whose
   first column holds <time datetime="YYYY-MM-DD"> and whose columns under <th data-series="1"> are the series, at most
   four. data-from-zero: the y axis begins at 0. data-steps: values hold until the next day. Wants uPlot. */
"use strict";

(() => {
  const DASHES = [[], [8, 4], [2, 3], [10, 3, 2, 3]];
  const WHOLE_STEPS = Array.from({ length: 12 }, (_, zeros) => [1, 2, 5].map((step) => step * 10 ** zeros)).flat();
  const HEIGHT = 220;
  const TICK_WIDTH = 64;
  const MARKER_GAP = 24;
  const DAY = 86_400_000;
  const numbers = new Intl.NumberFormat("en");
  const days = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });

  /** Shapes around a point, with half a width of `r`. */
  const MARKERS = [
    (pen, x, y, r) => pen.arc(x, y, r, 0, 2 * Math.PI),
    (pen, x, y, r) => pen.rect(x - r, y - r, 2 * r, 2 * r),
    (pen, x, y, r) => polygon(pen, [x, y - 1.3 * r, x + 1.3 * r, y + r, x - 1.3 * r, y + r]),
    (pen, x, y, r) => polygon(pen, [x, y - 1.4 * r, x + 1.4 * r, y, x, y + 1.4 * r, x - 1.4 * r, y]),
  ];

  const polygon = (pen, [x, y, ...others]) => {
    pen.moveTo(x, y);
    for (let i = 0; i < others.length; i += 2) pen.lineTo(others[i], others[i + 1]);
    pen.closePath();
  };

  /** The table behind a chart: `xs` in days since 1970, and up to four series. What is no number leaves a gap. */
  const readTable = (table) => {
    const heads = [...table.tHead.rows[0].cells];
    const columns = heads
      .map((_, i) => i)
      .filter((i) => heads[i].dataset.series)
      .slice(0, MARKERS.length);
    const rows = [...table.tBodies[0].rows];
    const value = (cell) => {
      const text = cell.textContent.replace(/[\s,%]/g, "");
      return text === "" || Number.isNaN(Number(text)) ? null : Number(text);
    };
    const xs = rows.map((row) => Date.parse(row.querySelector("time").dateTime) / DAY);
    const order = rows.map((_, i) => i).sort((a, b) => xs[a] - xs[b]);
    return {
      xs: order.map((i) => xs[i]),
      series: columns.map((column) => ({
        name: heads[column].textContent.trim(),
        values: order.map((i) => value(rows[i].cells[column])),
      })),
    };
  };

  /** Lowest and highest value that the y axis shows. */
  const yRange = (values, fromZero) => {
    const low = fromZero ? Math.min(0, ...values) : Math.min(...values);
    const high = Math.max(...values);
    const room = (high - low) / 10 || 1;
    return [low < 0 ? low - room : fromZero ? 0 : Math.max(0, low - room), high + room];
  };

  /** The days that get a label: from the newest back, each as far from the one before as a label is wide. */
  const ticks = (plot) => {
    const shown = [];
    for (const x of [...plot.data[0]].reverse()) {
      if (!shown.length || plot.valToPos(shown[0], "x") - plot.valToPos(x, "x") >= TICK_WIDTH) shown.unshift(x);
    }
    return shown;
  };

  const dayLabels = (xs) => {
    const year = (x) => new Date(x * DAY).getUTCFullYear();
    return xs.map((x, i) => {
      const isNew = i === 0 || year(xs[i - 1]) !== year(x);
      return days.format(x * DAY) + (isNew ? `\n${year(x)}` : "");
    });
  };

  /** Draws the markers of each series, as many as fit, and the names beside the ends of the lines. */
  const drawNames = (plot, series, style) => {
    const pen = plot.ctx;
    const scale = window.devicePixelRatio;
    const at = (x, y) => [plot.valToPos(x, "x", true), plot.valToPos(y, "y", true)];
    const mark = (i, x, y) => {
      pen.fillStyle = style.colours[i];
      pen.beginPath();
      MARKERS[i](pen, x, y, 3.5 * scale);
      pen.fill();
    };
    const every = Math.ceil((MARKER_GAP * scale * plot.data[0].length) / plot.bbox.width);
    const ends = [];
    series.forEach(({ name, values }, i) => {
      const last = values.findLastIndex((value) => value !== null);
      values.forEach((value, k) => {
        if (value !== null && (last - k) % every === 0) mark(i, ...at(plot.data[0][k], value));
      });
      if (last >= 0) ends.push({ name, i, y: at(0, values[last])[1] });
    });
    if (series.length < 2) return;
    pen.font = `${style.size * scale}px ${style.family}`;
    pen.textBaseline = "middle";
    pen.textAlign = "left";
    const x = plot.bbox.left + plot.bbox.width + 14 * scale;
    for (const { name, i, y } of apart(ends, style.size * 1.35 * scale, plot.bbox.top + plot.bbox.height)) {
      mark(i, x, y);
      pen.fillStyle = style.text;
      pen.fillText(name, x + 10 * scale, y);
    }
  };

  /** Names moved up and down so that there is `gap` between them, and none is below `bottom`. */
  const apart = (ends, gap, bottom) => {
    const sorted = ends.toSorted((a, b) => a.y - b.y);
    sorted.forEach((end, k) => {
      if (k) end.y = Math.max(end.y, sorted[k - 1].y + gap);
    });
    sorted.reverse().forEach((end, k) => {
      end.y = Math.min(end.y, k ? sorted[k - 1].y - gap : bottom);
    });
    return sorted;
  };

  const styleOf = (element, count) => {
    const css = window.getComputedStyle(element);
    const property = (name) => css.getPropertyValue(name).trim();
    return {
      colours: Array.from({ length: count }, (_, i) => property(`--series-${i + 1}`)),
      grid: property("--grid"),
      muted: property("--muted"),
      text: css.color,
      size: 12,
      family: css.fontFamily,
    };
  };

  const widthOf = (names, style) => {
    const pen = document.createElement("canvas").getContext("2d");
    pen.font = `${style.size}px ${style.family}`;
    return Math.max(...names.map((name) => pen.measureText(name).width));
  };

  const chartOptions = (figure, { xs, series }, style, width) => {
    const values = series.flatMap((each) => each.values).filter((value) => value !== null);
    const isWhole = values.every(Number.isInteger);
    const axis = {
      stroke: style.muted,
      font: `${style.size}px ${style.family}`,
      grid: { stroke: style.grid, width: 1 },
      ticks: { show: false },
      gap: 8,
    };
    const edge = (xs.at(-1) - xs[0]) / 80 || 1;
    return {
      width,
      height: HEIGHT,
      padding: [
        8,
        series.length > 1
          ? 32 +
            widthOf(
              series.map((each) => each.name),
              style,
            )
          : 24,
        0,
        0,
      ],
      legend: { show: false },
      cursor: { show: false },
      scales: {
        x: { time: false, range: [xs[0] - edge, xs.at(-1) + edge] },
        y: { range: yRange(values, "fromZero" in figure.dataset) },
      },
      axes: [
        { ...axis, size: 48, grid: { show: false }, splits: ticks, values: (_, shown) => dayLabels(shown) },
        {
          ...axis,
          size:
            20 +
            widthOf(
              values.map((value) => numbers.format(value)),
              style,
            ),
          ...(isWhole && { incrs: WHOLE_STEPS }),
          values: (_, shown) => shown.map((value) => numbers.format(value)),
        },
      ],
      series: [
        {},
        ...series.map((each, i) => ({
          label: each.name,
          stroke: style.colours[i],
          width: 2,
          dash: DASHES[i],
          points: { show: false },
          ...("steps" in figure.dataset && { paths: uPlot.paths.stepped({ align: 1 }) }),
        })),
      ],
      hooks: { draw: [(plot) => drawNames(plot, series, style)] },
    };
  };

  /** Does `act` now and whenever the page looks different: other colours, or on paper. */
  const onLook = (act) => {
    act();
    for (const query of ["(prefers-color-scheme: dark)", "print"]) {
      window.matchMedia(query).addEventListener("change", act);
    }
  };

  const chart = (figure) => {
    const place = figure.querySelector(".plot");
    const table = readTable(figure.querySelector("table"));
    let plot = null;
    const draw = () => {
      plot?.destroy();
      const options = chartOptions(figure, table, styleOf(place, table.series.length), place.clientWidth);
      plot = new uPlot(options, [table.xs, ...table.series.map((each) => each.values)], place);
    };
    onLook(draw);
    // Without a chart the table is all there is to see.
    figure.querySelector("details").open = false;
    let width = place.clientWidth;
    new ResizeObserver(() => {
      if (place.clientWidth !== width) {
        width = place.clientWidth;
        draw();
      }
    }).observe(place);
  };

  document.querySelectorAll("figure.chart[data-kind=line]").forEach(chart);
})();
