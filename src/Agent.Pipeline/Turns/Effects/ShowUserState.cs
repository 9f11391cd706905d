namespace Agent.Pipeline.Turns.Effects;

/// <summary>Tells the observers what the user does.</summary>
internal sealed record ShowUserState(UserState State) : TurnEffect;
