using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace PatchOperator.Metrics;

/// <summary>Keeps the text of what was collected last, for whoever asked for the collection.</summary>
internal sealed class PrometheusExporter : BaseExporter<Metric>
{
    public string Text { get; private set; } = "";

    public override ExportResult Export(in Batch<Metric> batch)
    {
        Text = PrometheusText.Write(batch);
        return ExportResult.Success;
    }
}
