using PatchOperator.Agent.Run;
using PatchOperator.Contract.Images;

namespace PatchOperator.Agent.Images.Running;

/// <summary>What every step of an image Job works with.</summary>
/// <param name="Request">Checked: whatever of it may become part of a command or a path can.</param>
/// <param name="Workspace">The folder that all containers of the Job share.</param>
/// <param name="Progress">For a person who reads the log.</param>
/// <param name="Time">The clock.</param>
internal sealed record ImageJob(ImageRequest Request, Workspace Workspace, Progress Progress, TimeProvider Time)
{
    /// <summary>For what asks for a deadline: that of the Job ends the container.</summary>
    public Deadline Unlimited(CancellationToken stop) => new(TimeSpan.FromDays(7), Time, stop);
}
