using System.Net;

namespace PatchOperator.Testing.Audit;

/// <summary>What befell a leader.</summary>
/// <param name="What">Such as <c>frozen</c>.</param>
/// <param name="Leader">Where its requests come from; null when it is dead, and whoever asks is another.</param>
/// <param name="At">When it had happened.</param>
public sealed record Fault(string What, IPAddress? Leader, DateTimeOffset At);
