using PatchOperator.Engine.World;
using PatchOperator.Reconciling;

namespace PatchOperator.Tests.Reconciling;

/// <summary>Does what a test says, and takes down of what.</summary>
internal sealed class ScriptedReconciler : IReconciler
{
    public const string KindName = "NodePatch";

    private readonly List<string> names = [];

    public Func<string, Task<TimeSpan?>> Work { get; set; } = _ => Task.FromResult<TimeSpan?>(null);

    /// <summary>What was worked on, in order.</summary>
    public IReadOnlyList<string> Names
    {
        get
        {
            lock (names)
                return [.. names];
        }
    }

    /// <inheritdoc/>
    public string Kind => KindName;

    /// <inheritdoc/>
    IEnumerable<string> IReconciler.Names(Snapshot snapshot) => [];

    /// <inheritdoc/>
    public Task<TimeSpan?> ReconcileAsync(string name, CancellationToken cancellationToken)
    {
        lock (names)
            names.Add(name);
        return Work(name);
    }
}
