import { ValueType, type HrTime } from '@opentelemetry/api';
import { millisToHrTime } from '@opentelemetry/core';
import { emptyResource } from '@opentelemetry/resources';
import {
  AggregationTemporality,
  DataPointType,
  type MetricData,
  type MetricProducer,
} from '@opentelemetry/sdk-metrics';
import type { Histogram } from './histogram.ts';
import type { Family, MetricRegistry, Point } from './registry.ts';

/** What the registry counted, as the OpenTelemetry SDK hands it to its exporters. */
export function metricProducer(registry: MetricRegistry): MetricProducer {
  return {
    collect: () => {
      const errors: unknown[] = [];
      const time = { startTime: millisToHrTime(registry.startMs), endTime: millisToHrTime(Date.now()) };
      const metrics = registry.read((error) => errors.push(error)).map((family) => metricData(family, time));
      const scopeMetrics = [{ scope: { name: 'exempla' }, metrics }];
      return Promise.resolve({ resourceMetrics: { resource: emptyResource(), scopeMetrics }, errors });
    },
  };
}

interface Time {
  readonly startTime: HrTime;
  readonly endTime: HrTime;
}

function metricData({ kind, metric, points }: Family, time: Time): MetricData {
  const { name, unit, description } = metric;
  const common = {
    descriptor: { name, unit, description, valueType: ValueType.DOUBLE },
    aggregationTemporality: AggregationTemporality.CUMULATIVE,
  };
  const dataPoint = <T, V>({ labels }: Point<T>, value: V) => ({ ...time, attributes: labels, value });
  if (kind === 'histogram') {
    const dataPoints = points.map((point) => dataPoint(point, buckets(point.value)));
    return { ...common, dataPointType: DataPointType.HISTOGRAM, dataPoints };
  }
  const dataPoints = points.map((point) => dataPoint(point, point.value));
  return kind === 'counter'
    ? { ...common, dataPointType: DataPointType.SUM, isMonotonic: true, dataPoints }
    : { ...common, dataPointType: DataPointType.GAUGE, dataPoints };
}

const buckets = (histogram: Histogram) => ({
  buckets: { boundaries: [...histogram.boundaries], counts: histogram.counts() },
  sum: histogram.sum,
  count: histogram.count,
});
