namespace PatchOperator.Health;

/// <summary>Why a health check cannot be evaluated, in words for its owner.</summary>
internal sealed class HealthException(string message) : Exception(message);
