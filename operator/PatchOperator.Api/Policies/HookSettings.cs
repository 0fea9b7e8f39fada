namespace PatchOperator.Api;

/// <summary>What a policy has run in the course of a rollout, as Jobs; absent: nothing.</summary>
public sealed record HookSettings
{
    /// <summary>Once in a run, before its first node begins: where it fails, none does.</summary>
    public JobTemplate? BeforeRun { get; init; }

    /// <summary>At the beginning of each node's turn, before the node is cordoned: where it fails, the node is not touched.</summary>
    public JobTemplate? BeforeDrain { get; init; }

    /// <summary>After packages of a node were installed, before it is rebooted and verified.</summary>
    public JobTemplate? AfterPatch { get; init; }

    /// <summary>At the end of each node's turn, once it is verified and uncordoned.</summary>
    public JobTemplate? AfterUncordon { get; init; }

    /// <summary>Once in a run that has begun, when it is over: what it ended with stays, whatever becomes of the hook.</summary>
    public JobTemplate? AfterRun { get; init; }
}
