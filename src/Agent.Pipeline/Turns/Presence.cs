using Agent.Pipeline.Turns.Effects;

namespace Agent.Pipeline.Turns;

/// <summary>Who is there, and what both sides are seen to do. Both states follow from the rest of the state, so that neither can get stuck.</summary>
internal static class Presence
{
    internal static void OnChanged(ref TurnStep step, bool linked, bool isPhone)
    {
        if (!linked)
        {
            SpeechQueue.Clear(ref step);
            UserVoice.Forget(ref step);
        }

        step.State = step.State with { IsLinked = linked, IsPhone = isPhone, FalseBargeIn = null };
        Transcripts.GiveUp(ref step);
        RunOnSpeech.End(ref step);
        if (linked)
            Return(ref step);

        if (step.State.Agent == AgentState.Initializing)
            step.State = step.State with { Agent = AgentState.Idle };
    }

    /// <summary>A turn that had ended is committed with the words that are there; one that had not is not the new participant's.</summary>
    internal static void OnSwitched(ref TurnStep step, bool isPhone)
    {
        Transcripts.GiveUp(ref step);
        RunOnSpeech.End(ref step);
        Endpointing.OnWords(ref step);
        UserVoice.Forget(ref step);
        step.State = step.State with { LearnedPause = null, IsPhone = isPhone, FalseBargeIn = null, EchoAt = null };
        BargeIns.Resume(ref step, "somebody else is listened to");
    }

    internal static void OnSilence(ref TurnStep step)
    {
        step.State = step.State with { User = UserState.Away };
        step.Do(new ShowUserState(UserState.Away));
    }

    /// <summary>The user has done something: who was away is back.</summary>
    internal static void Return(ref TurnStep step)
    {
        if (step.State.User != UserState.Away)
            return;
        step.State = step.State with { User = UserState.Listening };
        step.Do(new ShowUserState(UserState.Listening));
    }

    internal static void Show(ref TurnStep step)
    {
        var user = UserNow(step.State);
        if (user != step.State.User)
        {
            step.State = step.State with { User = user };
            step.Do(new ShowUserState(user));
        }

        var agent = AgentNow(step.State);
        if (agent != step.State.Agent)
        {
            step.State = step.State with { Agent = agent };
            step.Do(new ShowAgentState(agent));
        }

        Watch(ref step);
    }

    private static UserState UserNow(TurnState state)
    {
        if (state.Turn.IsSpeaking || state.RunOn is not null)
            return UserState.Speaking;

        // Only the user comes back: an agent that asks whether somebody is there does not make it so.
        return state is { User: UserState.Away, Turn.IsOpen: false } ? UserState.Away : UserState.Listening;
    }

    private static AgentState AgentNow(TurnState state) => state switch
    {
        { Current.IsHeld: true } => AgentState.Listening,
        { Current: { IsAudible: true, SilentSince: null } } => AgentState.Speaking,
        { Current: not null } or { Turn.IsEndDecided: true } => AgentState.Thinking,
        { IsLinked: true } => AgentState.Listening,
        { Agent: AgentState.Initializing } => AgentState.Initializing,
        _ => AgentState.Idle,
    };

    private static void Watch(ref TurnStep step)
    {
        var watch = step.State.IsLinked && step.State.User == UserState.Listening && !IsBusy(step.State) && step.Options.UserAwayTimeout > TimeSpan.Zero;
        if (!watch)
            step.Stop(TurnTimerKind.UserAway);
        else if (step.State.Timer(TurnTimerKind.UserAway) is null)
            step.Start(TurnTimerKind.UserAway, step.Now + step.Options.UserAwayTimeout);
    }

    private static bool IsBusy(TurnState state) => state.Current is not null || state.Waiting.Length > 0 || state.Turn.IsOpen;
}
