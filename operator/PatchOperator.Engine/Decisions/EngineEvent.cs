namespace PatchOperator.Engine.Decisions;

/// <summary>An event to publish on the object that a decision is about.</summary>
/// <param name="Reason">A constant of <see cref="Api.Reasons"/>, or the agent's.</param>
/// <param name="Message">What happened, in words.</param>
/// <param name="Warning">Whether a person should look at it.</param>
public sealed record EngineEvent(string Reason, string Message, bool Warning = false);
