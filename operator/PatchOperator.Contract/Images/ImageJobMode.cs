namespace PatchOperator.Contract.Images;

/// <summary>What a Job is for.</summary>
public enum ImageJobMode
{
    /// <summary><c>build</c>, <c>test</c>, <c>scan</c>, <c>report</c>.</summary>
    Build,

    /// <summary><c>pull</c>, <c>scan</c>, <c>report</c>.</summary>
    Scan,
}
