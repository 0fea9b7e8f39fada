namespace PatchOperator.Agent.Packages;

/// <summary>What one way of finding out says: a reboot is due, is not, or it cannot tell.</summary>
/// <param name="Because">Why one is due, in words; null when it is not, as far as this way can tell.</param>
/// <param name="Doubt">Why it cannot tell, in words; null when it can.</param>
internal sealed record RebootFinding(string? Because, string? Doubt)
{
    public static RebootFinding No { get; } = new(null, null);

    public static RebootFinding Due(string because) => new(because, null);

    public static RebootFinding Unknown(string doubt) => new(null, doubt);

    /// <summary>From why a reboot is due; null when it is not.</summary>
    public static RebootFinding Of(string? because) => new(because, null);

    /// <summary>What cannot be read leaves it unknown.</summary>
    public static RebootFinding Ask(Func<RebootFinding> detector)
    {
        try
        {
            return detector();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return Unknown(error.Message);
        }
    }
}
