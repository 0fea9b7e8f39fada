using PatchOperator.Api;

namespace PatchOperator.Engine.Compliances;

/// <summary>Where a node stands against its policy, and why.</summary>
/// <param name="State">The state.</param>
/// <param name="Reason">A constant of <see cref="Reasons"/>.</param>
/// <param name="Message">The reason in words.</param>
public readonly record struct Verdict(ComplianceState State, string Reason, string Message);
