namespace PatchOperator.Integration.Tests.Operator;

/// <summary>Tests of one operator: its kinds are the whole cluster's, and two of them on one API server would do the same work twice.</summary>
[CollectionDefinition(Name)]
#pragma warning disable CA1711 // xunit's own word.
public sealed class OperatorCollection : ICollectionFixture<OperatorFixture>
#pragma warning restore CA1711
{
    public const string Name = "operator";
}
