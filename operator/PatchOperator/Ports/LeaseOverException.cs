namespace PatchOperator.Ports;

/// <summary>A write was not sent: the lease of this replica has, or may have, run out.</summary>
internal sealed class LeaseOverException(string message) : Exception(message);
