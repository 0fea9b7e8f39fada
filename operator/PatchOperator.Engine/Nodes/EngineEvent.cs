namespace PatchOperator.Engine.Nodes;

/// <summary>An event to publish on the object the decision is about.</summary>
public sealed record EngineEvent(string Reason, string Message, bool Warning = false);
