namespace PatchOperator.Caches;

/// <summary>What all informers have in common.</summary>
internal interface IInformer
{
    /// <summary>Completes when everything has been listed once.</summary>
    Task Synced { get; }

    /// <summary>Lists, then watches, for ever; every failure is retried.</summary>
    Task RunAsync(CancellationToken cancellationToken);

    /// <summary>Lists once more, so that what is known is not older than this call.</summary>
    Task RefreshAsync(CancellationToken cancellationToken);
}
