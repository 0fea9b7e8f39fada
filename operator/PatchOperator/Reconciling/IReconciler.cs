using PatchOperator.Engine.World;

namespace PatchOperator.Reconciling;

/// <summary>Brings one object of a kind a decision further.</summary>
internal interface IReconciler
{
    /// <summary>Such as <c>PatchPolicy</c>.</summary>
    string Kind { get; }

    /// <summary>The names of all objects of the kind.</summary>
    IEnumerable<string> Names(Snapshot snapshot);

    /// <summary>Makes a decision and carries it out; returns when to look again though nothing has changed, or null when the object is gone.</summary>
    Task<TimeSpan?> ReconcileAsync(string name, CancellationToken cancellationToken);
}
