using PatchOperator.Api;

namespace PatchOperator.Engine.Decisions;

/// <summary>Something that was to be done, or asked, and was refused: by the API server, a webhook behind it, or a registry.</summary>
/// <param name="What">The effect, or null for a question.</param>
/// <param name="Message">What was wanted, and the answer in its own words.</param>
public sealed record Refusal(Effect? What, string Message)
{
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(10);

    /// <summary>Whether a message of a status is about this very refusal.</summary>
    internal bool IsSaidBy(string message) => message == Text.Fit(Message);

    /// <summary>
    /// What follows where nothing that was decided has happened: a status that says so, one event for as long as it says so, and another try soon.
    /// </summary>
    /// <param name="status">The object's, with what is refused.</param>
    /// <param name="said">Whether the status has said it before.</param>
    internal Decision<TStatus> Decide<TStatus>(TStatus status, bool said) => new()
    {
        Status = status,
        Why = Message,
        WakeUp = Retry,
        Events = said ? [] : [new EngineEvent(Reasons.ApiRefused, Message, Warning: true)],
    };
}
