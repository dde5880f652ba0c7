import "./styles/guest.css";
