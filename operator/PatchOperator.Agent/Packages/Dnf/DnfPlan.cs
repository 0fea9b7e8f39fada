namespace PatchOperator.Agent.Packages.Dnf;

/// <summary>A plan that was checked.</summary>
/// <param name="Request">What to ask dnf for.</param>
/// <param name="Transaction">What it will do then.</param>
internal sealed record DnfPlan(DnfRequest Request, DnfTransaction Transaction);
