namespace PatchOperator.Api;

/// <summary>What an annotation of a policy asks for, and the run that it is done by.</summary>
public sealed record PolicyEmergency
{
    /// <summary>The value of the annotation.</summary>
    public string Reason { get; init; } = "";

    /// <summary>The name of the run.</summary>
    public string Run { get; init; } = "";
}
