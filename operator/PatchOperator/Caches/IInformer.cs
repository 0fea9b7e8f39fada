namespace PatchOperator.Caches;

/// <summary>What all informers have in common.</summary>
internal interface IInformer
{
    /// <summary>Completes when everything has been listed once.</summary>
    Task Synced { get; }

    Task RunAsync(CancellationToken cancellationToken);
}
