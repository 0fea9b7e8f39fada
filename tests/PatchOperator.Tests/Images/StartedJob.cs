using PatchOperator.Api;
using PatchOperator.Contract.Images;
using PatchOperator.Tests.Simulation;

namespace PatchOperator.Tests.Images;

/// <summary>A build or a scan that was started.</summary>
/// <param name="Job">As it was reserved.</param>
/// <param name="Request">What is asked of it.</param>
/// <param name="Stored">The Job itself.</param>
internal sealed record StartedJob(ImageJob Job, ImageRequest Request, StoredObject Stored);
