using System.Collections.Concurrent;
using KubeOps.Abstractions.Reconciliation;

namespace PatchOperator.Integration.Tests.Sdk;

/// <summary>Records what the operator does with widgets, and does what a test says.</summary>
internal sealed class WidgetScript : WidgetOperator.IScript
{
    private readonly ConcurrentDictionary<string, int> running = new();

    /// <summary>Each widget as it was reconciled, in order.</summary>
    internal ConcurrentQueue<Widget> Reconciled { get; } = new();

    internal ConcurrentQueue<Widget> Finalized { get; } = new();

    internal ConcurrentQueue<Widget> Deletions { get; } = new();

    /// <summary>Whether one widget was ever worked on twice at the same time.</summary>
    internal bool Overlapped { get; private set; }

    internal Func<Widget, CancellationToken, Task<ReconciliationResult<Widget>>> OnReconcile { get; init; } =
        (widget, _) => Task.FromResult(ReconciliationResult<Widget>.Success(widget));

    internal Func<Widget, CancellationToken, Task<ReconciliationResult<Widget>>> OnFinalize { get; init; } =
        (widget, _) => Task.FromResult(ReconciliationResult<Widget>.Success(widget));

    internal int CountOf(string name) => Reconciled.Count(widget => widget.Metadata.Name == name);

    public async Task<ReconciliationResult<Widget>> ReconcileAsync(Widget widget, CancellationToken cancellationToken)
    {
        var name = widget.Metadata.Name;
        if (running.AddOrUpdate(name, 1, (_, count) => count + 1) > 1)
            Overlapped = true;
        try
        {
            Reconciled.Enqueue(widget);
            return await OnReconcile(widget, cancellationToken);
        }
        finally
        {
            running.AddOrUpdate(name, 0, (_, count) => count - 1);
        }
    }

    public Task<ReconciliationResult<Widget>> FinalizeAsync(Widget widget, CancellationToken cancellationToken)
    {
        Finalized.Enqueue(widget);
        return OnFinalize(widget, cancellationToken);
    }

    public void Deleted(Widget widget) => Deletions.Enqueue(widget);
}
