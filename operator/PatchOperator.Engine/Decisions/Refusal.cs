namespace PatchOperator.Engine.Decisions;

/// <summary>Something that was to be done, or asked, and was refused: by the API server, a webhook behind it, or a registry.</summary>
/// <param name="What">The effect, or null for a question.</param>
/// <param name="Message">What was wanted, and the answer in its own words.</param>
public sealed record Refusal(Effect? What, string Message);
